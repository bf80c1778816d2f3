/** What was reported lives in memory alone: said before it is lost, with the file that saves it. */
import { useEffect } from "preact/hooks";
import { t } from "../text/t.ts";
import { Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { saveReports, type Which } from "./outbox-save.ts";
import { MakeRoom } from "./room-note.tsx";

export function MemoryNote({ which }: { which: Which }) {
  useEffect(() => {
    // The browser's own question: its words are its own, and it comes only after something was touched.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  return (
    <Note tone="bad" icon="warn">
      <h2>{t("room.memory")}</h2>
      <p>{t("room.memoryText")}</p>
      <div class="btns">
        <Button icon="download" onClick={() => saveReports(which)}>
          {t("out.file")}
        </Button>
      </div>
      <MakeRoom />
    </Note>
  );
}
