/** "Nær mig": asks on the tap only, says what came of it, and offers a town where a position is not given. */
import { signal } from "@preact/signals";
import type { Point } from "../geo/distance.ts";
import { setting } from "../store/settings.ts";
import { site } from "../store/signals.ts";
import { distance } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import { Chip, DoChip } from "../ui/choose.tsx";
import { Dialog } from "../ui/sheet.tsx";
import { order, orderFrom, orderPlain } from "./now/order.ts";
import { asking, find, fix, permission, refusal, WEAK_M } from "./now/position.ts";

const question = signal(false);
const towns = signal(false);
/** So many towns at first, in the order that the municipality gives them: the list stays in sight. */
const TOWNS = 6;
const allTowns = signal(false);

async function tap(): Promise<void> {
  if (order.value?.from && !order.value.town) {
    orderPlain();
    return;
  }
  if ((await permission()) === "prompt") question.value = true;
  else await locate();
}

async function locate(): Promise<void> {
  question.value = false;
  towns.value = false;
  const found = await find();
  if (found) orderFrom(found.point, null);
  else towns.value = true;
}

/** Measures again, or counts again from the town: the only thing that moves rows. */
export async function renew(): Promise<void> {
  const now = order.value;
  if (now?.town && now.from) orderFrom(now.from, now.town);
  else await locate();
}

export function NearChip() {
  const near = order.value?.from && !order.value.town;
  if (asking.value)
    return (
      <Chip on={false} onClick={() => {}}>
        {t("pos.wait")}
      </Chip>
    );
  return near ? (
    <Chip on onClick={tap}>
      {t("list.nearMe")}
    </Chip>
  ) : (
    <DoChip icon="locate" onClick={tap}>
      {t("list.nearMe")}
    </DoChip>
  );
}

const chosenTown = setting<string | null>("chosen_town", null);

function chooseTown(name: string, point: Point): void {
  towns.value = false;
  if (order.value?.town === name) {
    chosenTown.value = null;
    orderPlain();
    return;
  }
  chosenTown.value = name;
  orderFrom(point, name);
}

export function askTown(): void {
  towns.value = true;
}

/** A town chosen at an earlier visit orders the list again, until a position does. */
export function townOfBefore(): void {
  const town = site.value?.towns.find((one) => told(one.name).words === chosenTown.value);
  if (town && !order.peek()?.from) orderFrom(town.point, told(town.name).words);
}

/** What the position gave: a question, a refusal with towns to choose, or a warning that it may be wrong. */
export function PositionTold() {
  const chosen = order.value?.town ?? chosenTown.value;
  const known = site.value?.towns ?? [];
  const weak = order.value?.from && !order.value.town && fix.value && fix.value.accuracy > WEAK_M ? fix.value : null;
  return (
    <>
      {question.value && (
        <Dialog
          title={t("pos.title")}
          onClose={() => {
            question.value = false;
          }}
        >
          <p>{t("pos.text")}</p>
          <div class="btns">
            <Button onClick={locate}>{t("pos.yes")}</Button>
            <Button
              look="quiet"
              onClick={() => {
                question.value = false;
                towns.value = true;
              }}
            >
              {t("pos.no")}
            </Button>
          </div>
        </Dialog>
      )}
      <div role="status">
        {towns.value && refusal.value && <p>{t(refusal.value === "denied" ? "pos.denied" : "pos.failed")}</p>}
        {weak && <p class="note-text">{t("pos.weak", { m: distance(weak.accuracy) })}</p>}
      </div>
      {towns.value && known.length > 0 && (
        <fieldset class="towns">
          <legend>{t("pos.town")}</legend>
          <div class="chips">
            {known
              .slice(0, allTowns.value ? known.length : TOWNS)
              .map((town) => ({ name: told(town.name).words, point: town.point }))
              .map((town) => (
                <Chip key={town.name} on={town.name === chosen} onClick={() => chooseTown(town.name, town.point)}>
                  {town.name}
                </Chip>
              ))}
            {known.length > TOWNS && !allTowns.value && (
              <Chip
                on={false}
                onClick={() => {
                  allTowns.value = true;
                }}
              >
                {t("pos.moreTowns")}
              </Chip>
            )}
          </div>
        </fieldset>
      )}
    </>
  );
}
