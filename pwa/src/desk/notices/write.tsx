/** /desk/beskeder/ny: to whom first, then what, then when. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { serverNow } from "../../store/clock.ts";
import { readDrafts } from "../../store/drafts.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/sheet.tsx";
import { events, organisers, places, site } from "../data/copy.ts";
import { act, newId } from "../data/write.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { Choose } from "../lists/parts.tsx";
import { AreaField, LineField, NOTHING_WRONG, Tick } from "../parts/field.tsx";
import {
  argsOf,
  atOf,
  BODY_MOST,
  drop,
  isBegun,
  keep,
  nearOf,
  TITLE_MOST,
  tomorrow,
  toOf,
  type Writing,
  written,
  wrongsOf,
} from "./form.ts";
import { Preview } from "./preview.tsx";
import { type Counting, useReach } from "./reach.ts";
import { choices, KINDS, type Known, type NoticeKind, phones, whenWords } from "./words.ts";

export function WriteNotice() {
  useEffect(() => void readDrafts(), []);
  const known: Known = { places: places.value, events: events.value, organisers: organisers.value, site: site.value };
  const writing = written();
  const to = toOf(writing);
  const counting = useReach(to, atOf(writing));
  const acting = useActing();
  const [tried, setTried] = useState(false);
  const [asks, setAsks] = useState<string | null>(null);
  const now = serverNow();
  const wrongs = tried ? wrongsOf(writing, now) : heavyOnly(writing, now);
  const set = (part: Partial<Writing>) => keep({ ...written(), ...part });
  const { reach } = counting;
  const goes = reach?.goes_at ?? atOf(writing) ?? new Date(now).toISOString();

  const send = (sure: boolean) => {
    const args = argsOf(writing, sure);
    setAsks(null);
    if (!args) return;
    const id = newId();
    acting.run(
      () => act("send_notice", { kind: "notice", id }, args as unknown as Record<string, unknown>),
      () => {
        drop();
        go(`/desk/beskeder/${id}`);
      },
    );
  };
  const submit = () => {
    setTried(true);
    const found = wrongsOf(writing, now);
    if (to === null || found.size > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const near = reach && nearOf(goes, [reach.next_at, reach.last_at]);
    if (near) setAsks(near);
    else send(false);
  };
  const again = acting.said?.code === "again_soon";
  useEffect(() => {
    if (again) setAsks("");
  }, [again]);

  return (
    <>
      <p class="crumb">
        <a href="/desk/beskeder">Beskeder</a>
      </p>
      <div class="desk-head">
        <h1 tabIndex={-1}>Ny besked</h1>
      </div>
      <form
        class="notice-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!acting.busy) submit();
        }}
      >
        <Step title="1. Hvem skal have den?">
          <Choose
            id="kind"
            label="Dem, der følger"
            value={writing.kind}
            options={[["", "Vælg …"], ...KINDS]}
            onChoose={(kind) => set({ kind: kind as NoticeKind | "", id: "" })}
          />
          {writing.kind !== "" && writing.kind !== "all" && (
            <Which kind={writing.kind} known={known} now={now} value={writing.id} onChoose={(id) => set({ id })} />
          )}
          {to && <Count counting={counting} now={now} />}
        </Step>
        {to && (
          <>
            <Step title="2. Hvad skal der stå?">
              <LineField
                path="title"
                label="Overskrift"
                hint="For eksempel: Kaffen er flyttet"
                limit={TITLE_MOST}
                value={writing.title}
                wrongs={wrongs}
                onChange={(title) => set({ title })}
              />
              <AreaField
                path="body"
                label="Besked"
                hint="Hvad, hvor og hvornår. Korte sætninger."
                rows={3}
                limit={BODY_MOST}
                value={writing.body}
                wrongs={wrongs}
                onChange={(body) => set({ body })}
              />
              <Preview title={writing.title} body={writing.body} />
            </Step>
            <Step title="3. Hvornår?">
              <Tick
                on={writing.later}
                onTick={(later) => set({ later, ...(later && !writing.date ? { date: tomorrow(now) } : {}) })}
              >
                Send den på et andet tidspunkt
              </Tick>
              {writing.later && (
                <div class="when">
                  <LineField
                    path="date"
                    label="Dag"
                    type="date"
                    value={writing.date}
                    wrongs={wrongs}
                    onChange={(date) => set({ date })}
                  />
                  <LineField
                    path="clock"
                    label="Kl."
                    short
                    mode="decimal"
                    value={writing.clock}
                    wrongs={wrongs}
                    onChange={(clock) => set({ clock })}
                  />
                </div>
              )}
              <p role="status">{goesWords(writing, reach?.goes_at ?? null, now)}</p>
            </Step>
            <SaidNote acting={acting} />
            <div class="btns">
              <button type="submit" class="btn" aria-disabled={acting.busy}>
                {acting.busy ? "Et øjeblik …" : sendWords(writing, reach?.reached_by_push ?? null)}
              </button>
              {isBegun(writing) && (
                <Button
                  look="quiet"
                  icon="trash"
                  onClick={() => {
                    drop();
                    go("/desk/beskeder");
                  }}
                >
                  Smid væk
                </Button>
              )}
            </div>
          </>
        )}
      </form>
      {asks !== null && (
        <Dialog title="En ny inden for 24 timer: er du sikker?" onClose={() => setAsks(null)}>
          <p>
            {asks
              ? `De samme får eller fik en besked ${whenWords(asks, now)}.`
              : "De samme får eller fik en anden besked inden for et døgn."}{" "}
            Mange beskeder får folk til at slå dem fra.
          </p>
          <div class="btns">
            <Button look="quiet" onClick={() => setAsks(null)}>
              Vent med den
            </Button>
            <Button onClick={() => send(true)}>Ja, send alligevel</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** While it is written only words are told of that are never sent. */
function heavyOnly(writing: Writing, now: number): ReturnType<typeof wrongsOf> {
  const found = wrongsOf(writing, now);
  const told = (["title", "body"] as const).flatMap((path) => {
    const words = found.get(path);
    return words?.startsWith("Skriv det uden") ? [[path, words] as const] : [];
  });
  return told.length > 0 ? new Map(told) : NOTHING_WRONG;
}

function Step({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
      </header>
      <div class="in stack">{children}</div>
    </section>
  );
}

const WHICH = {
  place: "Hvilket sted?",
  event: "Hvilken begivenhed?",
  organiser: "Hvilken arrangør?",
  area: "Hvilken by?",
};

function Which(p: {
  kind: Exclude<NoticeKind, "all">;
  known: Known;
  now: number;
  value: string;
  onChoose: (id: string) => void;
}) {
  const found = choices(p.kind, p.known, p.now);
  if (found.length === 0) return <p>Der er ikke noget at vælge endnu. Vælg noget andet, de kan følge.</p>;
  return (
    <Choose
      id="which"
      label={WHICH[p.kind]}
      value={p.value}
      options={[["", "Vælg …"], ...found]}
      onChoose={p.onChoose}
    />
  );
}

function Count({ counting, now }: { counting: Counting; now: number }) {
  const { reach, failed, again } = counting;
  if (failed && !reach)
    return (
      <Note icon="wait" live>
        <p>
          Vi kan ikke tælle, hvem der følger, uden net. Du kan skrive beskeden. Den bliver sendt, når der er net.{" "}
          <Button look="plain" small onClick={again}>
            Tæl igen
          </Button>
        </p>
      </Note>
    );
  if (!reach) return <p role="status">Tæller …</p>;
  const others = reach.devices - reach.reached_by_push;
  return (
    <div role="status">
      <p class="reach">
        <b>{reach.reached_by_push}</b> <span>{reach.reached_by_push === 1 ? "telefon" : "telefoner"} får den</span>
      </p>
      {others > 0 && (
        <p>
          {phones(others)} {reach.reached_by_push > 0 ? "mere følger" : "følger"} uden beskeder. De kan læse den i
          appen.
        </p>
      )}
      {reach.devices === 0 && <p>Ingen følger det endnu. Beskeden kan læses af alle i appen.</p>}
      {reach.last_at && <p class="note-text">De fik sidst en besked {whenWords(reach.last_at, now)}.</p>}
      {reach.next_at && <p class="note-text">De får den næste {whenWords(reach.next_at, now)}.</p>}
    </div>
  );
}

function goesWords(writing: Writing, goes: string | null, now: number): string {
  const wanted = atOf(writing);
  if (writing.later && wanted === null) return "Skriv en dag og et klokkeslæt.";
  if (goes === null)
    return writing.later && wanted ? `Den er sat til ${whenWords(wanted, now)}.` : "Den går ud med det samme.";
  // What is wanted now and what goes now are a moment apart.
  const quiet = Date.parse(goes) - Math.max(wanted === null ? now : Date.parse(wanted), now) > 60_000;
  if (quiet) return `Det er i de stille timer. Den går ud ${whenWords(goes, now)}.`;
  return writing.later ? `Den går ud ${whenWords(goes, now)}.` : "Den går ud med det samme.";
}

function sendWords(writing: Writing, reached: number | null): string {
  const verb = writing.later ? "Planlæg den" : "Send den";
  // Nobody is told; it stands in the app for all.
  if (reached === 0) return writing.later ? verb : "Vis den i appen";
  return reached === null ? verb : `${verb} til ${phones(reached)}`;
}
