import { t } from "../text/t.ts";

/** What a person wrote here, between the marks of a quote: whichever way it runs, it turns nothing round it. */
export function Quote({ of }: { of: string }) {
  const [before, after] = t("out.quote", { text: "|" }).split("|");
  return (
    <>
      {before}
      <bdi>{of}</bdi>
      {after}
    </>
  );
}
