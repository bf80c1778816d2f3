/** What was reported as a file, out and in. A file of another phone is taken in once, whatever it holds. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { bringIn } from "../store/report.ts";
import { maybe, t } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { saveReports } from "./outbox-save.ts";

interface Said {
  readonly good: boolean;
  readonly words: string;
}

/** More is not read at all: sync/phone/file.ts has the limit, and this keeps a film out of memory. */
const MOST_BYTES = 5_000_000;

async function take(file: File): Promise<Said> {
  if (file.size > MOST_BYTES) return { good: false, words: t("file.too_large") };
  try {
    const { taken, had, wrong, left } = await bringIn(await file.text());
    const words = [
      taken > 0 && t("file.taken", { n: taken }),
      had > 0 && t("file.had", { n: had }),
      wrong > 0 && t("file.wrong", { n: wrong }),
      left > 0 && t("file.left", { n: left }),
    ].filter(Boolean);
    return { good: wrong + left === 0 && words.length > 0, words: words.join(" ") || t("file.none") };
  } catch (error) {
    return { good: false, words: maybe(`file.${(error as { why?: string }).why}`) ?? t("file.unread") };
  }
}

export function FileBand({ some, open }: { some: boolean; open: boolean }) {
  const field = useRef<HTMLInputElement>(null);
  const came = useSignal<Said | null>(null);
  const filed = (words: string) => {
    came.value = { good: true, words };
  };
  return (
    <Band title={t("file.title")}>
      <p>{t("file.text")}</p>
      <p class="note-text">
        {t("file.care")} {t("file.photos")}
      </p>
      <div role="status">
        {came.value && (
          <Note tone={came.value.good ? "good" : "bad"} icon={came.value.good ? "check" : "warn"} flat>
            <p>{came.value.words}</p>
          </Note>
        )}
      </div>
      <div class="btns files">
        {open && (
          <Button look="quiet" icon="download" onClick={() => saveReports("open", filed)}>
            {t("file.open")}
          </Button>
        )}
        {some && (
          <Button look="quiet" icon="download" onClick={() => saveReports("all", filed)}>
            {t("file.all")}
          </Button>
        )}
        <Button look="quiet" icon="filein" onClick={() => field.current?.click()}>
          {t("file.bring")}
        </Button>
      </div>
      {/* Without `accept`: phones grey out what they have no name for. */}
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("file.bring")}
        onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          // The same file may be chosen again.
          event.currentTarget.value = "";
          if (chosen) void take(chosen).then((said) => (came.value = said));
        }}
      />
    </Band>
  );
}
