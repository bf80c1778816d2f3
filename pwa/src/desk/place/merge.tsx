/** Two of the same: which of them stays, and what happens to the other, said before it is done. */
import { useState } from "preact/hooks";
import { distance } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Pick } from "../../ui/choose.tsx";
import { Dialog, tell } from "../../ui/sheet.tsx";
import { facilities, places } from "../data/copy.ts";
import { act } from "../data/write.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { kindWords } from "../lists/names.ts";
import { LineField } from "../parts/field.tsx";
import { doubles, type One } from "./near.ts";

const ROOM = { place: "/desk/steder/", facility: "/desk/ting/" } as const;

function ones(kind: "place" | "facility"): One[] {
  if (kind === "facility")
    return [...facilities.value.values()].map((one) => ({
      id: one.id,
      name: kindWords(one),
      point: one.point,
      known: true,
    }));
  return [...places.value.values()].flatMap((one) =>
    one.state === "dissolved"
      ? []
      : [{ id: one.id, name: one.name.da, point: one.point, known: one.state === "active" || one.state === "resting" }],
  );
}

export function MergeDialog({ kind, of, onClose }: { kind: "place" | "facility"; of: One; onClose: () => void }) {
  const [words, setWords] = useState("");
  const [other, setOther] = useState<One | null>(null);
  const [keep, setKeep] = useState<"this" | "other">("other");
  const acting = useActing();
  const found = doubles(ones(kind), of, words);
  const [stays, goes] = other ? (keep === "other" ? [other, of] : [of, other]) : [null, null];
  return (
    <Dialog title="Læg sammen" onClose={onClose}>
      <p>Findes {of.name} to gange? Vælg den anden.</p>
      <LineField
        path="merge-search"
        label="Søg på navn"
        hint="Tomt: det, der ligger inden for 300 m."
        value={words}
        onChange={setWords}
      />
      <div class="picks">
        {found.map((one) => (
          <Pick key={one.id} name="merge-other" on={other?.id === one.id} onPick={() => setOther(one)}>
            {one.name}
            {one.metres !== null && (
              <>
                <br />
                <span class="note-text">{distance(one.metres)} herfra</span>
              </>
            )}
          </Pick>
        ))}
      </div>
      {found.length === 0 && (
        <p class="note-text">{words ? "Ingen har det navn." : "Der ligger ingen i nærheden. Søg på navnet."}</p>
      )}
      {other && (
        <>
          <p>
            <b>Hvilken skal blive?</b>
          </p>
          <div class="picks">
            <Pick name="merge-keep" on={keep === "other"} onPick={() => setKeep("other")}>
              {other.name} (den anden)
            </Pick>
            <Pick name="merge-keep" on={keep === "this"} onPick={() => setKeep("this")}>
              {of.name} (denne)
            </Pick>
          </div>
        </>
      )}
      {stays && goes && <What kind={kind} stays={stays} goes={goes} />}
      <SaidNote acting={acting} />
      <div class="btns">
        <Button
          off={acting.busy || !stays}
          onClick={() =>
            stays &&
            goes &&
            acting.run(
              () => act("merge", { kind, id: goes.id }, { into: stays.id }),
              () => {
                tell(`De er lagt sammen. ${stays.name} er blevet.`);
                onClose();
                go(ROOM[kind] + stays.id);
              },
            )
          }
        >
          {acting.busy ? "Lægger sammen …" : stays ? "Læg sammen" : "Vælg den anden først"}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Lad dem være
        </Button>
      </div>
    </Dialog>
  );
}

function What({ kind, stays, goes }: { kind: "place" | "facility"; stays: One; goes: One }) {
  return (
    <ul class="stack">
      <li>
        <b>{stays.name}</b> bliver, som det står.
      </li>
      <li>
        {kind === "place" && goes.known ? (
          <>
            <b>{goes.name}</b> nedlægges. Dets adresse sender videre.
          </>
        ) : (
          <>
            <b>{goes.name}</b> trækkes tilbage. Det kan hentes igen.
          </>
        )}
      </li>
      <li>Fejl, der er meldt, flytter med. Tekster og billeder gør ikke: kopiér dem først, hvis de skal med.</li>
    </ul>
  );
}
