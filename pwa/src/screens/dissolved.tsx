/** A place that is no more still answers at its address: that it is gone, since when, why, and where to go instead. */
import { direction, metres } from "../geo/distance.ts";
import { type Dissolved, type Place, places } from "../store/signals.ts";
import { yearDate } from "../text/amounts.ts";
import { distance } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { LinkButton } from "../ui/button.tsx";
import type { Back } from "../ui/head.tsx";
import { Page } from "../ui/page.tsx";
import { Plate } from "../ui/plate.tsx";
import { Say } from "../ui/say.tsx";
import { Badge } from "../ui/state.tsx";
import { placesNear } from "./words/near.ts";
import { whereIs } from "./words/place.ts";

/** The place that took over; where that too is gone, the one after it. */
function heir(place: Dissolved): Place | null {
  let next = place.successor_id ? places.value.get(place.successor_id) : undefined;
  for (let i = 0; i < 5 && next?.state === "dissolved"; i++) {
    next = next.successor_id ? places.value.get(next.successor_id) : undefined;
  }
  return next && next.state !== "dissolved" ? next : null;
}

export function DissolvedScreen({ place, back }: { place: Dissolved; back: Back }) {
  const next = heir(place) ?? (place.point && placesNear(place.point)[0]?.place) ?? null;
  const at = next && whereIs(next);
  const name = next ? told(next.name).words : "";
  return (
    <Page
      back={back}
      name={told(place.name).words}
      title={<Say of={place.name} />}
      kind={
        <>
          <Plate form={place.form} /> <Badge>{t("place.dissolved")}</Badge>
        </>
      }
    >
      <Note tone="shut" icon="barrier">
        <h2>{t("place.goneTitle")}</h2>
        <p>{t("place.goneOn", { date: yearDate(place.dissolved_on) })}</p>
        {place.why && (
          <p>
            <Say of={place.why} />
          </p>
        )}
        {next && (
          <p>
            <b>
              {place.point && at
                ? t("place.goneTryFar", {
                    name,
                    far: distance(metres(place.point, at)),
                    to: t(`to${direction(place.point, at)}`),
                  })
                : t("place.goneTry", { name })}
            </b>
          </p>
        )}
      </Note>
      <Band>
        <div class="btns">
          {next && <LinkButton href={`/steder/${next.slug}`}>{t("place.goneTo", { name })}</LinkButton>}
          <LinkButton look="quiet" icon="list" href="/">
            {t("place.goneList")}
          </LinkButton>
        </div>
      </Band>
    </Page>
  );
}
