/** The five descriptions: always all five, always in this order. */
import type { Place } from "../store/signals.ts";
import { distance } from "../text/format.ts";
import { lang, type Told, t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { FiveLine } from "../ui/facts.tsx";
import { Icon } from "../ui/icon.tsx";
import { iconOf, kindOf, small } from "../ui/kinds.ts";
import { Prose } from "../ui/prose.tsx";
import { SurfaceKey } from "../ui/surface.tsx";
import { GroundMeans, sourceOf, surfaceOf } from "./facts.tsx";
import { facilitiesAt } from "./words/place.ts";

function Words({ of }: { of: Told | null }) {
  return of && told(of).words.trim() ? <Prose of={of} /> : <span class="dunno">{t("dunno")}</span>;
}

/** Each kind of facility once, with its picture; what stands farther off says so: nobody walks there for a toilet that is not. */
function Kinds({ place }: { place: Place }) {
  const all = facilitiesAt(place);
  const kinds = new Map(
    all.flatMap((f) => (f.metres === null ? [[kindOf(f.facility).words, f.facility] as const] : [])),
  );
  const off = all.filter(
    (f, i) =>
      f.metres !== null &&
      !kinds.has(kindOf(f.facility).words) &&
      all.findIndex((g) => kindOf(g.facility).words === kindOf(f.facility).words) === i,
  );
  return (
    <>
      {kinds.size > 0 && (
        <ul class="things t1">
          {[...kinds].map(([words, f]) => (
            <li key={words}>
              <Icon name={iconOf(f)} />
              {kindOf(f).lang === lang() ? small(words) : <span lang="da">{small(words)}</span>}
            </li>
          ))}
        </ul>
      )}
      {off.map(({ facility, metres, to }) => (
        <p key={facility.id} class="t1">
          {t("place.nearest", { what: kindOf(facility).words, far: distance(metres ?? 0), to: t(`to${to ?? 0}`) })}
        </p>
      ))}
    </>
  );
}

export function Five({ place }: { place: Place }) {
  const outside = place.form !== "online" && place.form !== "mental";
  return (
    <Band title={t("place.about")}>
      <dl class="five">
        <FiveLine icon="pin" what={t("place.where")}>
          <Words of={place.where} />
        </FiveLine>
        <FiveLine icon="coffee" what={t("place.amenities")}>
          <Words of={place.amenities} />
          <Kinds place={place} />
        </FiveLine>
        <FiveLine icon="surface" what={t("place.ground")} source={place.surface ? sourceOf(place.surface) : undefined}>
          <Words of={place.ground} />
          {outside && <SurfaceKey surface={surfaceOf(place.surface)} />}
          {outside && <GroundMeans answers={[place.surface]} />}
        </FiveLine>
        <FiveLine icon="sun" what={t("place.purpose")}>
          <Words of={place.purpose} />
        </FiveLine>
        <FiveLine icon="people" what={t("place.activities")}>
          <Words of={place.activities} />
        </FiveLine>
      </dl>
    </Band>
  );
}
