import { da } from "./da.ts";
import type { Words } from "./t.ts";

export const de: Words = { ...da };
