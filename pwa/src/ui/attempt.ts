/** What a person asked for, and what is said where it could not be done: nothing fails without a word. */
import { t } from "../text/t.ts";
import { tell } from "./sheet.tsx";

/** `words`: what is said in place of "it is here still, try again". */
export function attempt(work: () => unknown, words?: string): void {
  void Promise.resolve()
    .then(work)
    .catch(() => tell(words ?? t("act.failed")));
}
