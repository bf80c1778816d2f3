/** One thing that is broken: who has it, what those who told of it wrote and showed, and the steps on. */
import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { Fault } from "../data/things.ts";
import { act } from "../data/write.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import type { Named } from "../lists/names.ts";
import { age, when } from "../lists/words.ts";
import { Answer, type Said } from "./answer.tsx";
import { type Group, isOpen } from "./group.ts";
import { FAULT_STATES, faultIcon, faultTitle } from "./words.ts";

const EDITOR = { place: "/desk/steder", route: "/desk/ruter", facility: "/desk/ting" } as const;
const BADGE = { reported: "badge now", taken: "badge wait", fixed: "badge good", closed: "badge" } as const;

type Shown = Fault["shown"];
const nothing: Shown = { words: false, photos: [] };

export function FaultCard(p: { group: Group; known: Named; today: string; takers: readonly string[]; open: boolean }) {
  const { group, today } = p;
  const acting = useActing();
  const [answering, setAnswering] = useState<Said["state"] | null>(null);
  /** What everybody may read of a report that nobody has taken yet: sent with the answer. */
  const [wish, setWish] = useState<Readonly<Record<string, Shown>>>({});
  const title = faultTitle(p.known, group);
  const first = group.faults[0] as Fault;
  const shownOf = (fault: Fault): Shown => wish[fault.id] ?? fault.shown ?? nothing;

  const send = (said: Said) =>
    acting.run(
      async () => {
        const one = (fault: Fault, show: Shown | null) =>
          act("answer_fault", { kind: "fault", id: fault.id }, { ...said, show });
        // "Taken" and "fixed" hold for all of them by one word; each closed one gets its own.
        const rest = group.faults.slice(1).filter((fault) => said.state === "closed" || wish[fault.id]);
        let last = await one(first, wish[first.id] ?? null);
        for (const fault of rest) last = await one(fault, wish[fault.id] ?? null);
        return last;
      },
      () => {
        setAnswering(null);
        setWish({});
      },
    );
  const show = (fault: Fault, next: Shown) => {
    setWish({ ...wish, [fault.id]: next });
    const { state } = fault;
    if (state === "reported" || state === "closed") return;
    const args = { state, taken_by: null, answer: null, show: next };
    acting.run(
      () => act("answer_fault", { kind: "fault", id: fault.id }, args),
      () => setWish({}),
    );
  };

  return (
    <li class="card" id={`fault-${first.id}`}>
      <div class="card-top">
        <Icon name={faultIcon(group.what)} />
        <div>
          <h2 class="small-h">{title}</h2>
          <p class="note-text">{told(group, today)}</p>
        </div>
        <span class={BADGE[group.state]}>
          {FAULT_STATES[group.state]}
          {group.taken_by && `: ${group.taken_by}`}
        </span>
      </div>
      {first.answer && !isOpen(group.state) && <p class="said">Svar til borgerne: {first.answer.da}</p>}
      <details class="more" open={p.open}>
        <summary>
          <Icon name="down" />
          {reports(group)}
        </summary>
        <ul>
          {group.faults.map((fault) => (
            <Report
              key={fault.id}
              fault={fault}
              today={today}
              shown={shownOf(fault)}
              onShow={(next) => show(fault, next)}
            />
          ))}
        </ul>
      </details>
      <div class="btns">
        {isOpen(group.state) && (
          <>
            <Button
              look={group.state === "reported" ? "" : "quiet"}
              small
              label={`${group.state === "taken" ? "Giv den til en anden" : "Tag den"}: ${title}`}
              onClick={() => setAnswering("taken")}
            >
              {group.state === "taken" ? "Giv den til en anden" : "Tag den"}
            </Button>
            <Button
              look={group.state === "taken" ? "" : "quiet"}
              small
              label={`Den er lavet: ${title}`}
              onClick={() => setAnswering("fixed")}
            >
              Den er lavet
            </Button>
            <Button look="quiet" small label={`Luk uden at lave: ${title}`} onClick={() => setAnswering("closed")}>
              Luk uden at lave
            </Button>
          </>
        )}
        <a class="btn plain small" href={`${EDITOR[group.subject.kind as keyof typeof EDITOR]}/${group.subject.id}`}>
          Se {group.subject.kind === "place" ? "stedet" : group.subject.kind === "route" ? "ruten" : "tingen"}
        </a>
      </div>
      {answering && (
        <Answer
          key={answering}
          id={first.id}
          state={answering}
          takers={p.takers}
          taken_by={group.taken_by}
          busy={acting.busy}
          onSend={send}
          onClose={() => setAnswering(null)}
        />
      )}
      <SaidNote acting={acting} />
    </li>
  );
}

function told(group: Group, today: string): string {
  const days = age(group.since, today);
  const since = when(group.since, today);
  const whose = group.faults.some(({ reported_by }) => reported_by === "guide") ? "en ruteguide" : "en borger";
  const times = group.faults.length > 1 ? `${group.faults.length} gange, første gang ${since}` : `${since} af ${whose}`;
  return days === since ? `Meldt ${times}.` : `Meldt ${times}. ${days} siden.`;
}

function reports(group: Group): string {
  const photos = group.faults.reduce((sum, { photos }) => sum + photos.length, 0);
  const words = group.faults.filter(({ text }) => text !== "").length;
  const all = group.faults.length === 1 ? "1 melding" : `${group.faults.length} meldinger`;
  const with_ = [
    words > 0 && (words === 1 ? "ord" : "ord fra flere"),
    photos > 0 && (photos === 1 ? "1 billede" : `${photos} billeder`),
  ];
  const has = with_.filter(Boolean).join(" og ");
  return has ? `${all} med ${has}` : `${all} uden ord og billeder`;
}

function Report(p: { fault: Fault; today: string; shown: Shown; onShow: (next: Shown) => void }) {
  const { fault, shown } = p;
  const fixed = fault.state === "closed";
  return (
    <li class="report">
      <p class="note-text">
        {fault.reported_by === "guide" ? "En ruteguide" : "En borger"}, {when(fault.since, p.today)}
      </p>
      {fault.text && <p class="own">{fault.text}</p>}
      {fault.text && !fixed && (
        <Check
          id={`words-${fault.id}`}
          on={shown.words}
          words="Vis ordene for alle"
          onChange={(words) => p.onShow({ ...shown, words })}
        />
      )}
      {fault.photos.length > 0 && (
        <ul class="shots">
          {fault.photos.map((sha256, at) => (
            <li key={sha256}>
              <Shot sha256={sha256} alt={`Billede ${at + 1} af ${fault.photos.length} med meldingen`} />
              {!fixed && (
                <Check
                  id={`photo-${fault.id}-${at}`}
                  on={shown.photos.includes(sha256)}
                  words="Vis billedet for alle"
                  onChange={(on) =>
                    p.onShow({
                      ...shown,
                      photos: fault.photos.filter((one) => (one === sha256 ? on : shown.photos.includes(one))),
                    })
                  }
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {fault.state === "reported" && (shown.words || shown.photos.length > 0) && (
        <p class="note-text">Det vises, når I tager fejlen eller har lavet den.</p>
      )}
    </li>
  );
}

function Check(p: { id: string; on: boolean; words: string; onChange: (on: boolean) => void }) {
  return (
    <label class="check" for={p.id}>
      <input id={p.id} type="checkbox" checked={p.on} onChange={(event) => p.onChange(event.currentTarget.checked)} />
      <span>{p.words}</span>
    </label>
  );
}

/** A picture that is not to be had (no network, or gone) is a word in its place. */
function Shot({ sha256, alt }: { sha256: string; alt: string }) {
  const [gone, setGone] = useState(false);
  if (gone) return <p class="note-text">Billedet kan ikke hentes lige nu.</p>;
  return (
    <a href={`/api/v1/blobs/${sha256}-1280.webp`} target="_blank" rel="noreferrer">
      <img src={`/api/v1/blobs/${sha256}-320.webp`} alt={alt} loading="lazy" onError={() => setGone(true)} />
      <span class="vh">, åbn det stort i et nyt vindue</span>
    </a>
  );
}
