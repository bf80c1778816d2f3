/** One thing that is broken: who has it, what those who told of it wrote and showed, and the steps on. */
import { useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import type { Fault } from "../data/things.ts";
import { act, discard, unsent } from "../data/write.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import type { Named } from "../lists/names.ts";
import { age, when } from "../lists/words.ts";
import { whyWords } from "../waits-words.ts";
import { Answer, type Answering, type Said } from "./answer.tsx";
import { type Group, isOpen } from "./group.ts";
import { Report, type Shown } from "./report.tsx";
import { FAULT_STATES, faultIcon, faultTitle } from "./words.ts";

const EDITOR = { place: "/desk/steder", route: "/desk/ruter", facility: "/desk/ting" } as const;
const BADGE = { reported: "badge now", taken: "badge wait", fixed: "badge good", closed: "badge" } as const;

const nothing: Shown = { words: false, photos: [] };

export function FaultCard(p: { group: Group; known: Named; today: string; takers: readonly string[]; open: boolean }) {
  const { group, today } = p;
  const acting = useActing("left");
  const [answering, setAnswering] = useState<Answering | null>(null);
  const begin = (state: Said["state"]) => setAnswering({ state, who: "", words: "" });
  /** What everybody may read of a report that nobody has taken yet: sent with the answer. */
  const [wish, setWish] = useState<Readonly<Record<string, Shown>>>({});
  const title = faultTitle(p.known, group);
  const first = group.faults[0] as Fault;
  const shownOf = (fault: Fault): Shown => wish[fault.id] ?? fault.shown ?? nothing;

  /** The form goes, and whoever goes by keyboard stands where it was: at the card, or at the top where the card has left the list. Who is
   * at something else by then stays there: of what is typed on, no letter is lost. */
  const leave = () => {
    setAnswering(null);
    requestAnimationFrame(() => {
      if (document.activeElement && document.activeElement !== document.body) return;
      const card = document.querySelector<HTMLElement>(`#fault-${first.id} h2`);
      (card ?? document.querySelector<HTMLElement>("h1"))?.focus();
    });
  };
  const send = (said: Said) =>
    acting.run(async () => {
      const one = (fault: Fault, show: Shown | null) =>
        act("answer_fault", { kind: "fault", id: fault.id }, { ...said, show });
      // One for each report: without network too all of them say the same at once.
      let last = "";
      for (const fault of group.faults) last = await one(fault, wish[fault.id] ?? null);
      leave();
      setWish({});
      return last;
    });
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
          <h2 class="small-h" tabIndex={-1}>
            {title}
          </h2>
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
              onClick={() => begin("taken")}
            >
              {group.state === "taken" ? "Giv den til en anden" : "Tag den"}
            </Button>
            <Button
              look={group.state === "taken" ? "" : "quiet"}
              small
              label={`Den er lavet: ${title}`}
              onClick={() => begin("fixed")}
            >
              Den er lavet
            </Button>
            <Button look="quiet" small label={`Luk uden at lave: ${title}`} onClick={() => begin("closed")}>
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
          key={answering.state}
          id={first.id}
          begun={answering}
          takers={p.takers}
          taken_by={group.taken_by}
          busy={acting.busy}
          onSend={send}
          onClose={leave}
        />
      )}
      <SentBack group={group} onAgain={setAnswering} />
      <SaidNote acting={acting} />
    </li>
  );
}

/** An answer that the server did not take: why, and the words that were written. */
function SentBack({ group, onAgain }: { group: Group; onAgain: (begun: Answering) => void }) {
  const ids = group.faults.map(({ id }) => id);
  const op = unsent.value.find(({ state, subject }) => state === "refused" && ids.includes(subject.id));
  if (!op) return null;
  const { state, taken_by, answer } = op.args as unknown as Said;
  return (
    <Note tone="bad" icon="warn" live>
      <p>
        <b>Det kunne ikke sendes.</b> {whyWords(op.code, op.detail)}
      </p>
      {answer && <p>Du skrev: {answer.da}</p>}
      <div class="btns">
        <Button
          look="quiet"
          small
          onClick={() => {
            void discard(op.id);
            onAgain({ state, who: taken_by ?? "", words: answer?.da ?? "" });
          }}
        >
          Ret, og prøv igen
        </Button>
        <Button look="quiet" small onClick={() => void discard(op.id)}>
          Lad være
        </Button>
      </div>
    </Note>
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
