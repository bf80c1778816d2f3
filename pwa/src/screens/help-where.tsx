/** Hvor er jeg? Something to read aloud to the one who is rung: the nearest place, the town, degrees. */
import { direction } from "../geo/distance.ts";
import { site } from "../store/signals.ts";
import { fixed } from "../text/amounts.ts";
import { capital, distance } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { canRead, readAloud } from "../ui/aloud.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Say } from "../ui/say.tsx";
import { said } from "./now/clock.ts";
import { asking, find, fix, refusal, WEAK_M } from "./now/position.ts";
import { placesNear } from "./words/near.ts";
import { byTown, of } from "./words/place.ts";

export function WhereAmI() {
  const at = fix.value;
  return (
    <Band title={t("help.where")}>
      {at ? (
        <Told />
      ) : (
        <>
          <p>{t("help.whereAsk")}</p>
          {refusal.value && <p role="alert">{t(refusal.value === "denied" ? "help.denied" : "help.failed")}</p>}
          <div class="btns">
            <Button icon="locate" off={asking.value} onClick={() => void find()}>
              {t(asking.value ? "pos.wait" : "help.find")}
            </Button>
          </div>
        </>
      )}
    </Band>
  );
}

function Told() {
  const at = fix.value;
  if (!at) return null;
  const near = placesNear(at.point)[0];
  const town = byTown(at.point, site.value);
  const north = t("help.north", { deg: fixed(at.point[1], 4) });
  const east = t("help.east", { deg: fixed(at.point[0], 4) });
  const from = near
    ? near.metres < 30
      ? t("help.youAreAt")
      : t("help.youAre", { far: distance(near.metres), of: of(direction(near.at, at.point), t("help.it")) })
    : "";
  const aloud = [
    near && `${t("help.nearest")}: ${told(near.place.name).words}. ${from}`,
    town && capital(town),
    `${t("help.degrees")}: ${north}, ${east}`,
  ];
  return (
    <>
      <p>{t("help.whereText")}</p>
      <div class="aloud stack" role="status">
        {near && (
          <p>
            <span class="note-text">{t("help.nearest")}</span>
            <br />
            <b>
              <Say of={near.place.name} />
            </b>
            <br />
            <span class="note-text">{from}</span>
          </p>
        )}
        {town && (
          <p>
            <span class="note-text">{t("help.town")}</span>
            <br />
            <b>{capital(town)}</b>
          </p>
        )}
        <p>
          <span class="note-text">{t("help.degrees")}</span>
          <br />
          <span class="coord">
            {north}
            <br />
            {east}
          </span>
        </p>
      </div>
      <p class="note-text">{t("help.measured", { when: said(at.at), m: distance(at.accuracy) })}</p>
      {at.accuracy > WEAK_M && <p>{t("pos.weak", { m: distance(at.accuracy) })}</p>}
      <div class="btns">
        {canRead() && (
          <Button look="quiet" icon="speak" onClick={() => readAloud(aloud.filter(Boolean).join(". "))}>
            {t("help.aloud")}
          </Button>
        )}
        <Button look="quiet" icon="locate" off={asking.value} onClick={() => void find()}>
          {t(asking.value ? "pos.wait" : "pos.again")}
        </Button>
      </div>
    </>
  );
}
