/** A report in one line: "Affald, ”Der ligger flasker”, skrevet i dag kl. 9.12". */
import { t } from "../text/t.ts";
import { Quote } from "../ui/quote.tsx";
import { said } from "./now/clock.ts";
import { shortWords, whatWords } from "./words/report.ts";

export function RowWords({ what, text, at }: { what: unknown; text: unknown; at?: string }) {
  const own = shortWords(text);
  return (
    <>
      {whatWords(what)}
      {own && (
        <>
          {", "}
          <Quote of={own} />
        </>
      )}
      {at && `, ${t("out.when", { when: said(at) })}`}
    </>
  );
}
