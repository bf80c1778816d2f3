/** All its times to come, each of them to be called off, moved, full, or on again. */
import { useState } from "preact/hooks";
import { capital } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { Event, Time } from "../data/things.ts";
import { act } from "../data/write.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { goOnAt } from "../lists/parts.tsx";
import { today } from "../lists/words.ts";
import { dayOf } from "./change.ts";
import { Split } from "./split.tsx";
import { TimeDialog } from "./time-dialog.tsx";
import { coming, timeWords } from "./words.ts";

/** So many before the rest is asked for. */
const FIRST = 6;

export function Times({ event }: { event: Event }) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<{ readonly time: Time; readonly split: boolean } | null>(null);
  const acting = useActing("left");
  const day = today();
  const times = coming(event, new Date().toISOString());
  const shown = all ? times : times.slice(0, FIRST);
  const subject = { kind: "event", id: event.id } as const;
  return (
    <section class="panel" aria-label="Alle gange">
      <header>
        <h2 class="small-h">Alle gange</h2>
        <span class="note-text">{times.length === 0 ? "ingen til gode" : `${times.length} i de næste 13 måneder`}</span>
      </header>
      <div class="in list">
        {event.rule && <p class="note-text">{event.rule.da}</p>}
        <SaidNote acting={acting} />
        <ul class="todo times">
          {shown.map((time) => (
            <li key={time.id}>
              <Icon name={ICONS[time.state]} />
              <span>
                <b class={time.state === "cancelled" ? "was" : undefined}>{capital(timeWords(time, day))}</b>
                <Marks time={time} />
              </span>
              {event.state !== "cancelled" && (
                <span class="btns does">
                  <Button
                    look="quiet"
                    small
                    label={`Ret ${timeWords(time, day)}`}
                    onClick={() => setOpen({ time, split: false })}
                  >
                    Ret
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
        {times.length > shown.length && (
          <div class="btns start t2">
            <Button
              look="quiet"
              small
              onClick={() => {
                setAll(true);
                goOnAt(".times > li", FIRST);
              }}
            >
              Vis {times.length - shown.length} til
            </Button>
          </div>
        )}
      </div>
      {open && !open.split && (
        <TimeDialog
          time={open.time}
          series={event.staff?.schedule?.rrule != null && dayOf(open.time) !== event.staff.schedule.date}
          onSplit={() => setOpen({ ...open, split: true })}
          onClose={() => setOpen(null)}
          onDo={(change) => {
            setOpen(null);
            acting.run(() => act("change_time", subject, { change }));
          }}
        />
      )}
      {open?.split && <Split event={event} time={open.time} onClose={() => setOpen(null)} />}
    </section>
  );
}

const ICONS = { on: "calendar", moved: "repeat", cancelled: "close" } as const;

function Marks({ time }: { time: Time }) {
  const words = [
    time.state === "cancelled" && "Aflyst.",
    time.state === "moved" && time.was && `Flyttet fra ${timeWords(time.was, today())}.`,
    time.full && "Fuldt.",
    time.why?.da,
    time.meeting?.da,
  ].filter(Boolean);
  if (words.length === 0) return null;
  return (
    <>
      <br />
      <span class="note-text">{words.join(" ")}</span>
    </>
  );
}
