/** Two have written the same field: both versions side by side, what differs underlined, and a third where neither is right. */
import type { ComponentChildren } from "preact";
import { Button } from "../../ui/button.tsx";
import { Badge } from "../../ui/state.tsx";
import { idOf } from "./field.tsx";
import { of } from "./names.ts";
import { apart, fieldWords, type NameOf, say } from "./say.ts";
import { type Piece, wordDiff } from "./word-diff.ts";

export type Chosen = "mine" | "theirs" | "third";

export interface Clashing {
  readonly field: string;
  readonly mine: unknown;
  readonly theirs: unknown;
  readonly before: unknown;
}

export function ClashField(p: {
  clash: Clashing;
  chosen: Chosen | null;
  /** "Din, i går kl. 14.12" */
  mineBy: string;
  theirsBy: string;
  nameOf: NameOf;
  onChoose: (chosen: Chosen) => void;
  /** The field itself, for a third version. */
  children: ComponentChildren;
}) {
  const { field, mine, theirs, before } = p.clash;
  const [one, other, old] = apart(field, mine, theirs, before).map((value) => say(field, value, p.nameOf)) as [
    Told,
    Told,
    Told,
  ];
  const diff = wordDiff(one.words, other.words);
  const notes = wordDiff(one.note ?? "", other.note ?? "");
  const name = `${idOf(field)}-version`;
  const title = fieldWords(field);
  const whose = of(p.theirsBy.split(",")[0] ?? "");
  const which = { mine: "din", theirs: whose === "Den andens" ? "den andens" : whose, third: "en tredje" };
  return (
    <fieldset class={p.chosen ? "clash done" : "clash"} id={`${idOf(field)}-clash`} tabIndex={-1}>
      <legend class="vh">{title}</legend>
      <p class="tag">
        {title}{" "}
        {p.chosen ? (
          <Badge tone="good" icon="check">
            valgt: {which[p.chosen]}
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
          on={p.chosen === "mine"}
          by={p.mineBy}
          words={diff.mine}
          note={notes.mine}
          onPick={() => p.onChoose("mine")}
        />
        <Version
          name={name}
          on={p.chosen === "theirs"}
          by={p.theirsBy}
          words={diff.theirs}
          note={notes.theirs}
          onPick={() => p.onChoose("theirs")}
        />
      </div>
      {p.chosen === "third" && p.children}
      <div class="wrap apart">
        <p class="note-text own">Før stod der: {old.words}</p>
        {p.chosen !== "third" && (
          <Button
            look="plain"
            label={`Skriv en tredje udgave af ${title.toLowerCase()}`}
            onClick={() => p.onChoose("third")}
          >
            Skriv en tredje
          </Button>
        )}
      </div>
    </fieldset>
  );
}
type Told = ReturnType<typeof say>;

function Version(p: {
  name: string;
  on: boolean;
  by: string;
  words: readonly Piece[];
  note: readonly Piece[];
  onPick: () => void;
}) {
  return (
    <label class="pick">
      <input type="radio" name={p.name} checked={p.on} onChange={p.onPick} />
      <span>
        <b>{p.by}</b>
        <br />
        <span class="own">
          <Pieces of={p.words} />
        </span>
        {p.note.length > 0 && (
          <>
            <br />
            <span class="note-text">
              <Pieces of={p.note} />
            </span>
          </>
        )}
      </span>
    </label>
  );
}

const Pieces = ({ of }: { of: readonly Piece[] }) => (
  <>{of.map(({ words, only }, i) => (only ? <ins key={i}>{words}</ins> : words))}</>
);
