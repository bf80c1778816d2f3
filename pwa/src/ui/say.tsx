import { lang, type Told, told } from "../text/t.ts";

/** What somebody wrote for readers. In a language that is not the screen's it says so, for those who hear it. Our own words stand as they are. */
export function Say({ of }: { of: Told | string | null }) {
  if (!of || typeof of === "string") return of;
  const { words, lang: own } = told(of);
  return own === lang() ? words : <span lang={own}>{words}</span>;
}
