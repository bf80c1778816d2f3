/** Whom a notice would go to, and how far one is: numbers that the server alone knows. */
import { useEffect, useState } from "preact/hooks";
import type { Progress, Reach } from "../../api/types.gen.ts";
import { get } from "../ask.ts";
import type { To } from "./words.ts";

export interface Counting {
  /** null while it is not known. */
  readonly reach: Reach | null;
  /** The last question was not answered. */
  readonly failed: boolean;
  again(): void;
}

/** Asked anew for each other audience and time; a moment after the last keystroke. */
const WAIT_MS = 300;

export function useReach(to: To | null, at: string | null): Counting {
  const [reach, setReach] = useState<Reach | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const whom = to && `${to.kind}/${to.id ?? ""}`;
  // The numbers of one audience never stand beside the name of another.
  useEffect(() => setReach(null), [whom]);
  useEffect(() => {
    if (!to) return;
    let over = false;
    const asked = new URLSearchParams({ kind: to.kind, ...(to.id ? { id: to.id } : {}), ...(at ? { at } : {}) });
    const timer = setTimeout(() => {
      get<Reach>(`/reach?${asked}`)
        .then((found) => {
          if (over) return;
          setReach(found);
          setFailed(false);
        })
        .catch(() => !over && setFailed(true));
    }, WAIT_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [whom, at, tries]);
  return { reach, failed, again: () => setTries(tries + 1) };
}

/** While one goes out it is asked so often how far it is. */
const EVERY_MS = 2000;

/** How far a notice is, asked as long as it is `going`; null before the first answer. */
export function useProgress(id: string, going: boolean): Progress | null {
  const [far, setFar] = useState<Progress | null>(null);
  useEffect(() => {
    if (!going) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const look = async () => {
      // A window that nobody sees asks for nothing.
      const found = document.hidden ? null : await get<Progress>(`/notices/${id}`).catch(() => null);
      if (over) return;
      if (found) setFar(found);
      timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id, going]);
  return far;
}
