/** The two steps that no other step undoes: each asks for a reason in plain words first. */
import { useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/sheet.tsx";
import type { LivePlace } from "./data/things.ts";
import { PlaceChoice } from "./lifecycle-choice.tsx";
import { Reason, useReason } from "./parts/reason.tsx";

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
