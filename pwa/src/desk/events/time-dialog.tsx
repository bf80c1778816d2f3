/** One time: as planned, moved or called off, full, and where one meets that day. */
import { useState } from "preact/hooks";
import { capital } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Pick } from "../../ui/choose.tsx";
import { Dialog } from "../../ui/sheet.tsx";
import type { Change, Time } from "../data/things.ts";
import { today } from "../lists/words.ts";
import { AreaField, idOf, LineField, NOTHING_WRONG, Tick } from "../parts/field.tsx";
import { type ChangeDraft, changeDraft, readChange } from "./change.ts";
import { timeWords } from "./words.ts";

const STATES: readonly (readonly [Change["state"], string])[] = [
  ["on", "Den er som planlagt"],
  ["moved", "Den er flyttet"],
  ["cancelled", "Den er aflyst"],
];
const WHY_LIMIT = 500;

/** `series`: there are others after it, and it is not the first. */
export function TimeDialog(p: {
  time: Time;
  series: boolean;
  onSplit: () => void;
  onClose: () => void;
  onDo: (change: Change) => void;
}) {
  const { time } = p;
  const [draft, setDraft] = useState<ChangeDraft>(() => changeDraft(time));
  const [wrongs, setWrongs] = useState(NOTHING_WRONG);
  const set = (part: Partial<ChangeDraft>) => setDraft({ ...draft, ...part });
  const save = () => {
    const read = readChange(time, draft);
    setWrongs(read.wrongs);
    const first = [...read.wrongs.keys()][0];
    if (first === undefined) return p.onDo(read.change);
    requestAnimationFrame(() => document.getElementById(idOf(first))?.focus());
  };
  return (
    <Dialog title={capital(timeWords(time, today()))} onClose={p.onClose}>
      <div class="frm in-dialog">
        <div class="picks">
          {STATES.map(([state, words]) => (
            <Pick key={state} name="time-state" on={draft.state === state} onPick={() => set({ state })}>
              {words}
            </Pick>
          ))}
        </div>
        {draft.state === "moved" && (
          <div class="pair">
            <LineField
              path="change/date"
              label="Ny dag"
              type="date"
              value={draft.date}
              wrongs={wrongs}
              onChange={(date) => set({ date })}
            />
            {!time.all_day && (
              <>
                <LineField
                  path="change/starts"
                  label="Kl."
                  mode="decimal"
                  short
                  value={draft.starts.replace(":", ".")}
                  wrongs={wrongs}
                  onChange={(starts) => set({ starts })}
                />
                <LineField
                  path="change/ends"
                  label="Til kl."
                  mode="decimal"
                  short
                  value={draft.ends.replace(":", ".")}
                  wrongs={wrongs}
                  onChange={(ends) => set({ ends })}
                />
              </>
            )}
          </div>
        )}
        {draft.state !== "on" && (
          <AreaField
            path="change/why"
            label="Hvorfor? Alle kan læse det"
            rows={2}
            limit={WHY_LIMIT}
            value={draft.why}
            wrongs={wrongs}
            onChange={(why) => set({ why })}
          />
        )}
        {draft.state !== "cancelled" && (
          <>
            <Tick on={draft.full} onTick={(full) => set({ full })}>
              Der er fuldt
            </Tick>
            <AreaField
              path="change/meeting"
              label="Særligt den dag"
              hint="”Vi mødes ved broen, fordi salen males.”"
              rows={2}
              limit={WHY_LIMIT}
              value={draft.meeting}
              wrongs={wrongs}
              onChange={(meeting) => set({ meeting })}
            />
          </>
        )}
        <div class="btns">
          <Button look={draft.state === "cancelled" ? "danger" : ""} onClick={save}>
            {draft.state === "cancelled" ? "Aflys den dag" : "Gem"}
          </Button>
          <Button look="quiet" onClick={p.onClose}>
            Luk
          </Button>
          {p.series && (
            <Button look="plain" small onClick={p.onSplit}>
              Ret den her og alle de følgende
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
