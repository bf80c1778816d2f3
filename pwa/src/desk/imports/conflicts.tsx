/** Fields that people wrote here and the file says otherwise: both versions side by side, chosen by field. */
import { useState } from "preact/hooks";
import { number } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { More } from "../../ui/more.tsx";
import { Badge } from "../../ui/state.tsx";
import { MoreRows } from "../lists/parts.tsx";
import { today, when } from "../lists/words.ts";
import { type Piece, wordDiff } from "../parts/word-diff.ts";
import { type Choices, choosable, keyOf, type Whose, whose } from "./choices.ts";
import type { Conflict, Found } from "./job.ts";
import { writer } from "./words.ts";

const FIRST = 20;

export function Conflicts(p: { found: Found; choices: Choices; onChoose: (choices: Choices) => void }) {
  const { result } = p.found;
  const [shown, setShown] = useState(FIRST);
  const all = choosable(p.found);
  const news = all.filter((one) => one.new);
  const before = all.filter((one) => !one.new);
  const told = result.conflicts.filter((one) => !one.choice);
  if (result.conflicts.length === 0) return null;
  const set = (fields: Readonly<Record<string, Whose>>) =>
    p.onChoose({ ...p.choices, fields: { ...p.choices.fields, ...fields } });
  const every = (of: Whose) => set(Object.fromEntries(news.map((one) => [keyOf(one), of])));
  const field = (one: Conflict) => (
    <Two key={keyOf(one)} of={one} chosen={whose(p.choices, one)} onChoose={(of) => set({ [keyOf(one)]: of })} />
  );
  return (
    <section class="panel">
      <header>
        <h2>Rettet her, og filen siger noget andet</h2>
        <span class="note-text">Det, I har skrevet, bliver stående, hvor du ikke vælger filens.</span>
      </header>
      <div class="in">
        {news.length > 1 && (
          <div class="btns start">
            <Button look="quiet" small onClick={() => every("ours")}>
              Behold jeres i alle {number(news.length)}
            </Button>
            <Button look="quiet" small onClick={() => every("register")}>
              Tag filens i alle {number(news.length)}
            </Button>
          </div>
        )}
        {news.slice(0, shown).map(field)}
        <MoreRows shown={Math.min(shown, news.length)} all={news.length} onMore={() => setShown(shown + FIRST)} />
        {before.length > 0 && (
          <More title={`Valgt før: ${before.length === 1 ? "ét felt" : `${number(before.length)} felter`}`}>
            <p class="note-text">Filen siger det samme som sidst, og I har beholdt jeres. Det kan vælges om.</p>
            {before.map(field)}
          </More>
        )}
        {told.map((one) => (
          <p key={keyOf(one)} class="long">
            <b>{one.name}</b>, {one.label}: {toldWords(one)}
          </p>
        ))}
        {result.conflicts_count > result.conflicts.length && (
          <p class="note-text">
            De første {number(result.conflicts.length)} af {number(result.conflicts_count)} er nævnt. I de andre bliver
            jeres stående.
          </p>
        )}
      </div>
    </section>
  );
}

export function toldWords(one: Conflict): string {
  if (one.needed) return `er tomt i filen, men et offentligt sted skal have det. Her står stadig: ${one.here}.`;
  if (one.field.startsWith("stretches/") && one.register === "tomt" && one.new)
    return `${one.here} her. Strækket er ikke i filen mere, så rettelsen er væk.`;
  return `${one.here} her, ${one.register} i filen. Jeres bliver stående.`;
}

function Two(p: { of: Conflict; chosen: Whose | null; onChoose: (of: Whose) => void }) {
  const { of, chosen } = p;
  const diff = wordDiff(of.here, of.register);
  const name = `whose ${keyOf(of)}`;
  return (
    <fieldset class={chosen ? "clash done" : "clash"}>
      <legend class="vh">
        {of.name}, {of.label}
      </legend>
      <p class="tag">
        {of.name}, {of.label}{" "}
        {chosen ? (
          <Badge tone="good" icon="check">
            {chosen === "ours" ? "jeres bliver" : "filens tages"}
          </Badge>
        ) : (
          <Badge tone="now" icon="merge">
            to udgaver, vælg
          </Badge>
        )}
      </p>
      <div class="versions">
        <Version
          name={name}
          on={chosen === "ours"}
          by={writer(of, of.on && when(of.on, today()))}
          words={diff.mine}
          onPick={() => p.onChoose("ours")}
        />
        <Version
          name={name}
          on={chosen === "register"}
          by={of.new ? "Filens, nyt i den" : "Filens, som sidst"}
          words={diff.theirs}
          onPick={() => p.onChoose("register")}
        />
      </div>
    </fieldset>
  );
}

function Version(p: { name: string; on: boolean; by: string; words: readonly Piece[]; onPick: () => void }) {
  return (
    <label class="pick">
      <input type="radio" name={p.name} checked={p.on} onChange={p.onPick} />
      <span class="long">
        <b>{p.by}</b>
        <br />
        {p.words.map(({ words, only }, i) => (only ? <ins key={i}>{words}</ins> : words))}
      </span>
    </label>
  );
}
