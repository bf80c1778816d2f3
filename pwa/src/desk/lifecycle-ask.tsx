/** The two steps that no other step undoes: each asks for a reason in plain words first. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/sheet.tsx";
import type { LivePlace } from "./data/things.ts";
import { PlaceChoice } from "./lifecycle-choice.tsx";
import { Err } from "./parts/field.tsx";

/** As long as a reason may be (server/model/place.py Withdraw). One that all read is no longer. */
const WHY_MOST = 500;

export function Dissolve(p: {
  place: LivePlace;
  /** What was written before. */
  why: string;
  successor: string | null;
  onClose: () => void;
  onDo: (why: string, successor: string | null) => void;
}) {
  const [successor, setSuccessor] = useState(p.successor);
  const reason = useReason(p.why, "Skriv hvorfor. Det står på stedets side i stedet for det, der var.");
  return (
    <Dialog title={`Nedlæg ${p.place.name.da}?`} onClose={p.onClose}>
      <p>
        Det kan ikke gøres om. Adressen virker stadig: siden siger, at stedet er nedlagt, hvorfor, og hvor man kan gå
        hen.
      </p>
      <Reason
        {...reason}
        label="Hvorfor? Alle kan læse det"
        hint="For eksempel: Huset er solgt. Kaffen er flyttet til biblioteket."
      />
      <PlaceChoice label="Hvor kan man gå hen i stedet?" not={p.place.id} chosen={successor} onChoose={setSuccessor} />
      <Two
        words="Nedlæg"
        onClose={p.onClose}
        onDo={() => {
          const why = reason.told();
          if (why !== null) p.onDo(why, successor);
        }}
      />
    </Dialog>
  );
}

export function Withdraw(p: { name: string; why: string; onClose: () => void; onDo: (why: string) => void }) {
  const reason = useReason(p.why, "Skriv hvorfor, så de andre ved det.");
  return (
    <Dialog title={`Træk ${p.name} tilbage?`} onClose={p.onClose}>
      <p>Stedet forsvinder fra jeres lister. Ingen borgere har set det. Det kan hentes tilbage.</p>
      <Reason {...reason} label="Hvorfor? Kun I kan læse det" hint="For eksempel: Oprettet to gange." />
      <Two
        words="Træk tilbage"
        onClose={p.onClose}
        onDo={() => {
          const why = reason.told();
          if (why !== null) p.onDo(why);
        }}
      />
    </Dialog>
  );
}

function Two(p: { words: string; onClose: () => void; onDo: () => void }) {
  return (
    <div class="btns">
      <Button look="danger" icon="warn" onClick={p.onDo}>
        {p.words}
      </Button>
      <Button look="quiet" onClick={p.onClose}>
        Behold stedet
      </Button>
    </div>
  );
}

interface ReasonState {
  readonly why: string;
  readonly wrong: string | null;
  setWhy(why: string): void;
  /** The reason, or null where it can not be used and the field says so. */
  told(): string | null;
}

function useReason(before: string, lacks: string): ReasonState {
  const [why, setWhy] = useState(before);
  const [wrong, setWrong] = useState<string | null>(null);
  return {
    ...{ why, wrong },
    setWhy(words) {
      setWhy(words);
      setWrong(null);
    },
    told() {
      const words = why.trim();
      const over = [...words].length - WHY_MOST;
      const trouble = words === "" ? lacks : over > 0 ? `Der er ${over} tegn for meget. Gør teksten kortere.` : null;
      setWrong(trouble);
      if (trouble) document.getElementById("reason")?.focus();
      return trouble ? null : words;
    },
  };
}

function Reason(p: ReasonState & { label: string; hint: string }) {
  return (
    <div class={p.wrong ? "field wrong" : "field"}>
      <label for="reason">{p.label}</label>
      <p class="hint" id="reason-hint">
        {p.hint}
      </p>
      <textarea
        id="reason"
        rows={3}
        value={p.why}
        aria-describedby={p.wrong ? "reason-wrong" : "reason-hint"}
        aria-invalid={p.wrong !== null}
        onInput={(event) => p.setWhy(event.currentTarget.value)}
      />
      {p.wrong && <Err id="reason-wrong">{p.wrong}</Err>}
    </div>
  );
}
