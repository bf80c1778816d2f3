/** /desk/beskeder/<id>: one notice: how far it is, a way to stop it, and what became of it. */
import { useEffect, useState } from "preact/hooks";
import { opOf } from "#phone/op.ts";
import type { SendNotice } from "../../api/types.gen.ts";
import { serverNow } from "../../store/clock.ts";
import { Note } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/sheet.tsx";
import { notices, ops, reading } from "../data/copy.ts";
import type { Notice } from "../data/things.ts";
import { act, discard, pullNow, unsent } from "../data/write.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { whyWords } from "../waits-words.ts";
import { keep, ofArgs } from "./form.ts";
import { Preview } from "./preview.tsx";
import { useProgress } from "./reach.ts";
import { type Known, phones, reasons, toWords, whenWords } from "./words.ts";

export function OneNotice({ id, known }: { id: string; known: Known }) {
  const notice = notices.value.get(id);
  if (!notice) return <NotHere id={id} />;
  return <Told notice={notice} known={known} />;
}

/** What the server has not told back yet, or did not take: then it can be mended. */
function NotHere({ id }: { id: string }) {
  const op = unsent.value.find(({ subject, verb }) => subject.id === id && verb === "send_notice");
  // Taken, and not read back yet: it is no op of the outbox's any more.
  const taken = !op && ops.value.some((one) => opOf(one).subject.id === id);
  const refused = op?.state === "refused";
  const waits = op !== undefined && !refused && !reading.value.reached;
  const args = op?.args as SendNotice | undefined;
  const mend = () => {
    if (!op || !args) return;
    keep(ofArgs(args));
    void discard(op.id);
    go("/desk/beskeder/ny");
  };
  return (
    <>
      <Crumb />
      <div class="desk-head">
        <h1 tabIndex={-1}>{args?.title.da ?? "Besked"}</h1>
      </div>
      {refused && (
        <Note icon="warn" tone="bad" live>
          <p>
            <b>Den blev ikke sendt.</b> {whyWords(op.code, op.detail)} Det, du skrev, er her endnu.
          </p>
        </Note>
      )}
      {waits && (
        <Note icon="wait" live>
          <p>Den er gemt her og ikke sendt endnu. Den bliver sendt, når der er net.</p>
        </Note>
      )}
      {!refused && !waits && <p role="status">{op || taken ? "Et øjeblik …" : "Den besked er her ikke."}</p>}
      <div class="btns">
        {refused && (
          <Button icon="edit" onClick={mend}>
            Ret den, og send igen
          </Button>
        )}
        {(refused || waits || (!op && !taken)) && (
          <LinkButton look="quiet" href="/desk/beskeder">
            Se alle beskeder
          </LinkButton>
        )}
      </div>
    </>
  );
}

const Crumb = () => (
  <p class="crumb">
    <a href="/desk/beskeder">Beskeder</a>
  </p>
);

function Told({ notice, known }: { notice: Notice; known: Known }) {
  const { id, state, staff } = notice;
  const now = serverNow();
  // One that is due begins by itself: the server is asked until it says so.
  const due = state === "scheduled" && Date.parse(notice.at) <= now;
  const counted = (staff?.reached ?? 0) > 0 || Object.keys(staff?.not_reached ?? {}).length > 0;
  const going = due || state === "sending" || (state === "stopped" && !counted && (staff?.devices ?? 0) > 0);
  const asked = useProgress(id, going);
  // What was asked for while it went out is older than what is told of it once that is over.
  const far = going ? asked : null;
  const current = far?.state ?? state;
  const acting = useActing();
  const [asks, setAsks] = useState(false);
  const moved = far !== null && far.state !== state;
  // What is told here of each phone stands in the list once it is over.
  useEffect(() => {
    if (moved || (far !== null && going && far.waiting === 0)) void pullNow();
  }, [moved, far?.waiting]);
  // A time to come is waited for here too.
  const [, tick] = useState(0);
  useEffect(() => {
    if (state !== "scheduled" || due) return;
    const timer = setTimeout(() => tick((n) => n + 1), Math.min(60_000, Math.max(500, Date.parse(notice.at) - now)));
    return () => clearTimeout(timer);
  });
  const stop = () => {
    setAsks(false);
    acting.run(() => act("stop_notice", { kind: "notice", id }, {}));
  };
  return (
    <>
      <Crumb />
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>{notice.title.da}</h1>
          <p class="note-text">
            {toWords(notice.to, known)}. {stateWords(notice, current, now)}
          </p>
        </div>
      </div>
      <section class="panel" aria-label="Hvor langt den er">
        <div class="in stack">
          {current === "scheduled" ? (
            <p role="status">{due ? "Den går ud nu …" : `Den går ud ${whenWords(notice.at, now)}.`}</p>
          ) : (
            <Far
              devices={far?.devices ?? staff?.devices ?? 0}
              waiting={far?.waiting ?? null}
              reached={far?.reached ?? staff?.reached ?? 0}
              not={far?.not_reached ?? staff?.not_reached ?? {}}
              stopped={current === "stopped"}
              over={!going || (far !== null && far.waiting === 0 && current !== "sending")}
            />
          )}
          <SaidNote acting={acting} />
          {(current === "scheduled" || current === "sending") && (
            <div class="btns">
              <Button look="danger" icon="pause" off={acting.busy} onClick={() => setAsks(true)}>
                Stop den
              </Button>
            </div>
          )}
        </div>
      </section>
      <section class="panel apart" aria-label="Sådan ser den ud">
        <div class="in">
          <Preview title={notice.title.da} body={notice.body.da} />
        </div>
      </section>
      {asks && (
        <Dialog title="Stop beskeden?" onClose={() => setAsks(false)}>
          <p>
            {state === "scheduled"
              ? "Ingen får den. Vil du sende den alligevel, skal den skrives igen."
              : "De, der har fået den, har den. De andre får den ikke."}
          </p>
          <div class="btns">
            <Button look="danger" onClick={stop}>
              Ja, stop den
            </Button>
            <Button look="quiet" onClick={() => setAsks(false)}>
              Lad den gå
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function stateWords(notice: Notice, state: Notice["state"], now: number): string {
  const when = whenWords(notice.at, now);
  return {
    scheduled: `Planlagt til ${when}.`,
    sending: `Sendes siden ${when}.`,
    sent: `Sendt ${when}.`,
    stopped: "Standset.",
  }[state];
}

/** How many have it of those who were to, in a bar and in numbers. `waiting` null: not known here. */
function Far(p: {
  devices: number;
  waiting: number | null;
  reached: number;
  not: Readonly<Record<string, number>>;
  over: boolean;
  stopped: boolean;
}) {
  const without = p.not.no_push ?? 0;
  const all = Math.max(0, p.devices - without);
  const settled = p.waiting === null ? (p.over ? all : p.reached) : all - p.waiting;
  const percent = all === 0 ? 100 : Math.round((100 * settled) / all);
  if (p.over && p.devices === 0 && reasons(p.not).length === 0)
    return (
      <p role="status">
        {p.stopped ? "Den blev standset, før nogen fik den." : "Ingen fulgte det. Alle kan læse den i appen."}
      </p>
    );
  const words = p.over ? `Nåede ${p.reached} af ${phones(all)}.` : `Sendt til ${p.reached} af ${phones(all)}.`;
  return (
    <>
      <p role="status">
        <b>{words}</b>
      </p>
      {!p.over && (
        <div
          class="furrow"
          role="progressbar"
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-label="Sender beskeden"
        >
          <i ref={(bar) => bar?.style.setProperty("--p", `${percent}%`)} />
        </div>
      )}
      {reasons(p.not).length > 0 && (
        <ul class="dots">
          {reasons(p.not).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </>
  );
}
