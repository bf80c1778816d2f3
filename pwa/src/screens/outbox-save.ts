/** What was reported, as a file (sync/PROTOCOL.md, S). */
import { outboxText } from "../store/report.ts";
import { now } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { saveFile } from "../ui/file.ts";

export type Which = Parameters<typeof outboxText>[0];

export function saveReports(which: Which): void {
  attempt(async () => {
    const text = await outboxText(which);
    saveFile(`${t("file.name")}-${now().toISOString().slice(0, 10)}.txt`, text);
  }, t("act.noFile"));
}
