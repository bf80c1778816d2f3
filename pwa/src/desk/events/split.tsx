/** "Den her og alle de følgende": from a day on the series is an event of its own, to be changed alone. */
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/sheet.tsx";
import type { Event, Time } from "../data/things.ts";
import { act, newId } from "../data/write.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { today } from "../lists/words.ts";
import { dayOf } from "./change.ts";
import { pathOf } from "./path.ts";
import { dayWords } from "./words.ts";

export function Split({ event, time, onClose }: { event: Event; time: Time; onClose: () => void }) {
  const acting = useActing();
  const from = dayOf(time);
  const split = () => {
    const id = newId();
    acting.run(
      () => act("split_event", { kind: "event", id: event.id }, { from, id, set: {} }),
      (outcome) => {
        if (outcome.is !== "applied") return;
        onClose();
        go(pathOf(id));
      },
    );
  };
  return (
    <Dialog title="Ret den her og alle de følgende?" onClose={onClose}>
      <p>
        Fra {dayWords(from, today())} bliver det en begivenhed for sig. Den begynder som den her, og du kan rette
        klokken, stedet og alt andet. Det, der var før, står, som det gjorde.
      </p>
      <SaidNote acting={acting} />
      <div class="btns">
        <Button off={acting.busy} onClick={split}>
          Del den her
        </Button>
        <Button look="quiet" onClick={onClose}>
          Lad være
        </Button>
      </div>
    </Dialog>
  );
}
