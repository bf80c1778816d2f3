/** What was reported, as a file (sync/PROTOCOL.md, S). */
import { outboxText } from "../store/report.ts";
import { now } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { saveFile } from "../ui/file.ts";
import { tell } from "../ui/sheet.tsx";

export type Which = Parameters<typeof outboxText>[0];

/** `said`: where it is told what the file is called and where it lies. */
export function saveReports(which: Which, said: (words: string) => void = tell): void {
  attempt(async () => {
    const text = await outboxText(which);
    const name = `${t("file.name")}-${now().toISOString().slice(0, 10)}.txt`;
    saveFile(name, text);
    said(t("file.saved", { name }));
  }, t("act.noFile"));
}
