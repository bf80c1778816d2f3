/** What of the machine's somebody must look at: imports that failed, registers that have become old. */
import { useEffect, useState } from "preact/hooks";
import type { Trouble } from "./overview-waits.ts";

/** [] where nothing is wrong, and where it can not be asked just now. */
export function useHealth(_admin: boolean): readonly Trouble[] {
  const [troubles] = useState<readonly Trouble[]>([]);
  useEffect(() => undefined, []);
  return troubles;
}
