/** What is done to a line by keys: each thing that a finger does on the map, and the points one by one. */
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/choose.tsx";
import { exact } from "./keys.ts";
import { lengthOf } from "./line.ts";
import type { LineWork } from "./use-line.ts";

export function LineTools({
  work,
  onCentre,
  onDone,
}: {
  work: LineWork;
  /** Goes on to the middle of the map, marked by a cross. */
  onCentre: () => void;
  onDone?: () => void;
}) {
  const { points, held } = work;
  const last = points.length - 1;
  return (
    <div class="draw-tools">
      <div class="chips">
        <Chip on={work.follow} onClick={() => work.setFollow(!work.follow)}>
          Følg stier
        </Chip>
        {points.length > 1 && (
          <Chip on={work.atStart} onClick={() => work.setAtStart(!work.atStart)}>
            Tegn fra begyndelsen
          </Chip>
        )}
      </div>
      <div class="btns start">
        <Button look="quiet" small icon="plus" onClick={onCentre}>
          Punkt på kortets midte
        </Button>
        <Button look="quiet" small off={!work.canUndo} onClick={work.back}>
          Fortryd
        </Button>
        <Button look="quiet" small off={!work.canRedo} onClick={work.forth}>
          Gør igen
        </Button>
        {points.length > 2 && (
          <Button look="quiet" small icon="repeat" onClick={work.close}>
            Slut ved begyndelsen
          </Button>
        )}
        {onDone && (
          <Button small icon="check" onClick={onDone}>
            Færdig
          </Button>
        )}
      </div>
      {points.length > 0 && (
        <fieldset class="draw-points">
          <legend>
            {points.length} {points.length === 1 ? "punkt" : "punkter"}, {exact(lengthOf(points))}
          </legend>
          <div class="btns start">
            <Button look="quiet" small off={held === 0} onClick={() => work.hold(held === null ? 0 : held - 1)}>
              Forrige punkt
            </Button>
            <Button look="quiet" small off={held === last} onClick={() => work.hold(held === null ? last : held + 1)}>
              Næste punkt
            </Button>
            {held !== null && held < last && (
              <Button look="quiet" small onClick={() => work.insertAfter(held)}>
                Sæt punkt ind efter
              </Button>
            )}
            {held !== null && (
              <Button look="quiet" small icon="trash" onClick={() => work.remove(held)}>
                Slet punkt {held + 1}
              </Button>
            )}
          </div>
        </fieldset>
      )}
    </div>
  );
}
