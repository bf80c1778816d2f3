/** What stood in the register before and is not in the file: it stays, or it is withdrawn. */
import { useState } from "preact/hooks";
import { number } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { More } from "../../ui/more.tsx";
import { MoreRows } from "../lists/parts.tsx";
import { and } from "../words.ts";
import { type Choices, keyOf, type Stays, stays } from "./choices.ts";
import type { Found, Gone } from "./job.ts";

const FIRST = 20;

export function GoneList(p: { found: Found; choices: Choices; onChoose: (choices: Choices) => void }) {
  const { gone, gone_count } = p.found.result;
  const [shown, setShown] = useState(FIRST);
  if (gone.length === 0) return null;
  const news = gone.filter((one) => !one.kept);
  const kept = gone.filter((one) => one.kept);
  const set = (said: Readonly<Record<string, Stays>>) =>
    p.onChoose({ ...p.choices, gone: { ...p.choices.gone, ...said } });
  const one = (of: Gone) => (
    <One key={keyOf(of)} of={of} chosen={stays(p.choices, of)} onChoose={(said) => set({ [keyOf(of)]: said })} />
  );
  return (
    <section class="panel">
      <header>
        <h2>Står ikke i filen mere</h2>
        <span class="note-text">De bliver her, hvor du ikke vælger andet.</span>
      </header>
      <div class="in">
        {news.length > 1 && (
          <div class="btns start">
            <Button look="quiet" small onClick={() => set(Object.fromEntries(news.map((of) => [keyOf(of), "keep"])))}>
              Behold alle {number(news.length)}
            </Button>
          </div>
        )}
        {news.slice(0, shown).map(one)}
        <MoreRows shown={Math.min(shown, news.length)} all={news.length} onMore={() => setShown(shown + FIRST)} />
        {kept.length > 0 && <More title={`Valgt før: behold ${number(kept.length)}`}>{kept.map(one)}</More>}
        {gone_count > gone.length && (
          <p class="note-text">
            De første {number(gone.length)} af {number(gone_count)} er nævnt. De andre bliver her.
          </p>
        )}
      </div>
    </section>
  );
}

const ROOMS: Readonly<Record<Gone["kind"], string>> = { place: "steder", facility: "ting", route: "ruter" };

function One(p: { of: Gone; chosen: Stays | null; onChoose: (said: Stays) => void }) {
  const { of, chosen } = p;
  const name = `gone ${keyOf(of)}`;
  return (
    <fieldset class="goes">
      <legend>
        <a href={`/desk/${ROOMS[of.kind]}/${of.id}`}>{of.name}</a>
        {of.edited.length > 0 && <span class="note-text">, rettet her: {and(of.edited)}</span>}
      </legend>
      <div class="sides">
        <label class="pick">
          <input type="radio" name={name} checked={chosen === "keep"} onChange={() => p.onChoose("keep")} />
          <span>Behold</span>
        </label>
        <label class="pick">
          <input type="radio" name={name} checked={chosen === "withdraw"} onChange={() => p.onChoose("withdraw")} />
          <span>Træk tilbage</span>
        </label>
      </div>
    </fieldset>
  );
}
