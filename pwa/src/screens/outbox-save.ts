/** What was reported, as a file (sync/PROTOCOL.md, S). */
import { outboxText } from "../store/report.ts";
import { now } from "../store/signals.ts";
import { t } from "../text/t.ts";
import { saveFile } from "../ui/file.ts";

export type Which = Parameters<typeof outboxText>[0];

export async function saveReports(which: Which): Promise<void> {
  saveFile(`${t("file.name")}-${now().toISOString().slice(0, 10)}.txt`, await outboxText(which));
}

export function saveItem(id: string): Promise<void> {
  return saveReports({ id });
}
