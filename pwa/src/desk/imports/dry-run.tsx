/** What a file would do, before it does: counts, columns, what is left out, what changes, two words for one field, what is gone. */
import { useState } from "preact/hooks";
import { number } from "../../text/format.ts";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { More } from "../../ui/more.tsx";
import { act } from "../data/write.ts";
import { MoreRows, PAGE } from "../lists/parts.tsx";
import { argsOf, type Choices, unsaid, withdrawn } from "./choices.ts";
import { Columns } from "./columns.tsx";
import { Conflicts } from "./conflicts.tsx";
import { GoneList } from "./gone.tsx";
import { HowRead } from "./how-read.tsx";
import type { Asked, Column, Difference, Found, Job, Left } from "./job.ts";
import { byReason, leftOut, remarks, rows, things } from "./words.ts";

export function DryRun(p: {
  job: Job;
  found: Found;
  choices: Choices;
  busy: boolean;
  onChoose: (choices: Choices) => void;
  onRead: (asked: Asked) => void;
  /** Sends it: `ops` resolves with their ids once they are kept. */
  onSend: (ops: () => Promise<string[]>) => void;
}) {
  const { job, found, choices } = p;
  const { result } = found;
  const [columns, setColumns] = useState<readonly Column[]>(job.asked.choices.columns);
  const nothing = result.new + result.changed === 0;
  const settled = Object.keys(choices.fields).length + Object.keys(choices.gone).length > 0;
  const left = unsaid(found, choices);
  const send = () => p.onSend(() => sendOff(job, found, choices));
  return (
    <>
      {job.moved && (
        <Note icon="info">
          <p>Der er ændret noget i Mødesteder, siden filen blev læst. Det, du ser her, kan være lidt gammelt.</p>
          <Button look="quiet" small off={p.busy} onClick={() => p.onRead(job.asked)}>
            Se efter igen
          </Button>
        </Note>
      )}
      <section class="panel">
        <header>
          <h2>Det sker, når du henter filen ind</h2>
          <span class="note-text">Intet er ændret endnu.</span>
        </header>
        <div class="in">
          <ul class="sums bare">
            <Sum n={result.new} words="nye" what={things(result, "new")} />
            <Sum n={result.changed} words="bliver ændret" what={things(result, "changed")} />
            <Sum n={result.unchanged} words="er som før" what={things(result, "unchanged")} />
            <Sum n={leftOut(result)} words="er udeladt, se hvorfor nedenfor" what="" />
          </ul>
          {remarks(result).map((one, i) => (
            <p key={i} class="note-text long">
              {one.reason}
            </p>
          ))}
          {found.read_as.length > 0 && (
            <More title="Sådan er filen læst">
              {found.read_as.map((words, i) => (
                <p key={i} class="note-text long">
                  {words}
                </p>
              ))}
            </More>
          )}
        </div>
      </section>
      {result.columns.length > 0 && (
        <Columns
          found={found}
          said={columns}
          busy={p.busy}
          onSay={setColumns}
          onRead={() => p.onRead({ ...job.asked, choices: { ...job.asked.choices, columns } })}
        />
      )}
      <HowRead job={job} open={false} busy={p.busy} columns={columns} onRead={p.onRead} />
      <LeftOut found={found} />
      <Differences of={result.differences} all={result.differences_count} />
      <Conflicts found={found} choices={choices} onChoose={p.onChoose} />
      <GoneList found={found} choices={choices} onChoose={p.onChoose} />
      <section class="panel" aria-label="Hent ind">
        <div class="in">
          {nothing && !settled && (
            <p>Filen ændrer intet. Du kan hente den ind alligevel, så det står, at den er set.</p>
          )}
          {left > 0 && (
            <p>
              {left === 1
                ? "Ét felt er ikke valgt. Det bliver, som I har skrevet det."
                : `${number(left)} felter er ikke valgt. De bliver, som I har skrevet dem.`}
            </p>
          )}
          <div class="btns start">
            <Button icon="filein" off={p.busy} onClick={send}>
              {p.busy ? "Et øjeblik …" : "Hent ind"}
            </Button>
          </div>
        </div>
      </section>
    </>
  );
}

/** Keeps the ops in the outbox; they go by themselves, also when the network is gone. */
async function sendOff(job: Job, found: Found, choices: Choices): Promise<string[]> {
  const why = `Står ikke længere i ${(job.asked.source ?? job.asked.name).slice(0, 300)}.`;
  const ids = [await act("apply_import", { kind: "settings", id: "site" }, argsOf(job.asked, found, choices))];
  for (const { kind, id } of withdrawn(found, choices)) ids.push(await act("withdraw", { kind, id }, { why }));
  return ids;
}

function Sum({ n, words, what }: { n: number; words: string; what: string }) {
  if (n === 0) return null;
  return (
    <li>
      <b>{number(n)}</b>
      <span>
        {n === 1 && words === "nye" ? "ny" : words}
        {what && <span class="note-text"> ({what})</span>}
      </span>
    </li>
  );
}

function LeftOut({ found }: { found: Found }) {
  const groups = byReason(found.result);
  if (groups.length === 0) return null;
  return (
    <section class="panel">
      <header>
        <h2>Udeladt</h2>
        <span class="note-text">{rows(leftOut(found.result))}, som ikke kan hentes ind, som de står</span>
      </header>
      <div class="in">
        {groups.map((group) => (
          <More key={group.title} title={`${rows(group.rows)}: ${group.title}`}>
            <Reasons of={group.each} />
          </More>
        ))}
      </div>
    </section>
  );
}

function Reasons({ of }: { of: readonly Left[] }) {
  const [shown, setShown] = useState(PAGE);
  const sheets = new Set(of.map((one) => one.layer)).size > 1;
  return (
    <>
      <table class="table">
        <thead>
          <tr>
            <th>Række</th>
            {sheets && <th>Lag</th>}
            <th>Hvorfor</th>
          </tr>
        </thead>
        <tbody>
          {of.slice(0, shown).map((one, i) => (
            <tr key={i}>
              <td data-th="Række:">{one.row ?? "flere"}</td>
              {sheets && <td data-th="Lag:">{one.layer}</td>}
              <td class="long">{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreRows shown={Math.min(shown, of.length)} all={of.length} onMore={() => setShown(shown + PAGE)} />
    </>
  );
}

function Differences({ of, all }: { of: readonly Difference[]; all: number }) {
  const [shown, setShown] = useState(PAGE);
  if (of.length === 0) return null;
  return (
    <section class="panel">
      <header>
        <h2>Bliver ændret</h2>
        <span class="note-text">
          {all === 1 ? "Ét felt" : `${number(all)} felter`}, som ingen her har rettet, og hvor filen siger noget nyt
        </span>
      </header>
      <table class="table">
        <thead>
          <tr>
            <th>Hvad</th>
            <th>Felt</th>
            <th>Før</th>
            <th>Nu</th>
          </tr>
        </thead>
        <tbody>
          {of.slice(0, shown).map((one) => (
            <tr key={`${one.id} ${one.field}`}>
              <td class="long">
                <b>{one.name}</b>
              </td>
              <td data-th="Felt:">{one.label}</td>
              <td class="long" data-th="Før:">
                {one.before}
              </td>
              <td class="long" data-th="Nu:">
                {one.after}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreRows shown={Math.min(shown, of.length)} all={of.length} onMore={() => setShown(shown + PAGE)} />
      {all > of.length && (
        <p class="in note-text">
          De første {of.length} af {number(all)} er nævnt.
        </p>
      )}
    </section>
  );
}
