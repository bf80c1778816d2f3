/** Faults and closures as banners: a fault is slanted and lets you go on, a closure has bars and leads elsewhere. */

import { direction } from "../geo/distance.ts";
import type { Place } from "../store/signals.ts";
import { capital, distance, shortDate } from "../text/format.ts";
import { type Told, t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { kindOf } from "../ui/kinds.ts";
import { Quote } from "../ui/quote.tsx";
import { Rows } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import { PlaceLine } from "./list-rows.tsx";
import { today } from "./now/clock.ts";
import { type Neighbour, placesNear } from "./words/near.ts";
import { type Closure, shutNow } from "./words/open.ts";
import { type FaultOn, faultsOf, whereIs } from "./words/place.ts";

export function FaultNotes({ faults }: { faults: readonly FaultOn[] }) {
  return (
    <>
      {faults.map(({ fault, facility: f }) => {
        const own = f ? capital(f.name ? told(f.name).words : kindOf(f).words) : "";
        // "Bænken, hvor solen går ned, er i stykker."
        const name = own.includes(",") ? `${own},` : own;
        const what = !f
          ? t(`note.${fault.what}`)
          : fault.what === "broken"
            ? t("note.brokenFacility", { facility: name })
            : t("note.on", { facility: name, what: t(`note.${fault.what}`) });
        return (
          <Note
            key={`${f?.id ?? ""}${fault.what}`}
            tone={fault.state === "fixed" ? "good" : "fault"}
            icon={fault.state === "fixed" ? "check" : "warn"}
          >
            <p>
              <b>{what}</b>{" "}
              {fault.state === "waiting"
                ? t("note.waiting")
                : t(`note.${fault.closed ? "closed" : fault.state}`, {
                    date: fault.since === today().date ? t("note.today") : shortDate(fault.since),
                  })}
            </p>
            <Accepted fault={fault} />
          </Note>
        );
      })}
    </>
  );
}

/** What the municipality has said of it, and what it shows of the one who reported it. */
function Accepted({ fault: { answer, words, photos = [] } }: { fault: FaultOn["fault"] }) {
  return (
    <>
      {answer && (
        <p>
          {t("note.answer")} <Say of={answer} />
        </p>
      )}
      {words && (
        <p class="own">
          {t("note.said")} <Quote of={words} />
        </p>
      )}
      {photos.length > 0 && (
        <ul class="photos-own">
          {photos.map(({ sha256, w, h }, at) => (
            <li key={sha256}>
              <img
                src={`/media/${sha256}-320.webp`}
                srcset={`/media/${sha256}-320.webp 320w, /media/${sha256}-1280.webp 1280w`}
                sizes="9em"
                width={w}
                height={h}
                alt={t("note.photo", { n: at + 1 })}
                loading="lazy"
                decoding="async"
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function ClosureNotes({ closures, date }: { closures: readonly Closure[]; date: string }) {
  return (
    <>
      {closures.map((c) => {
        const from = shortDate(c.from);
        const title = c.stretch_ids
          ? partTitle(c, date)
          : c.from > date
            ? t("place.shutSoon", { from })
            : c.to
              ? t("place.shutTitle", {
                  from: sameMonth(c.from, c.to) ? `${Number(c.from.slice(8))}.` : from,
                  to: shortDate(c.to),
                })
              : t("place.shutFrom", { from });
        return (
          <Note key={`${c.from}${title}`} tone="shut" icon="barrier">
            <h2>{title}</h2>
            <p>
              <Say of={c.why} /> {c.stretch_ids && !c.to && c.from <= date && t("route.shutEnd")}
            </p>
          </Note>
        );
      })}
    </>
  );
}

function partTitle({ from, to }: Closure, date: string): string {
  if (to)
    return t("route.shutSpan", {
      from: sameMonth(from, to) ? `${Number(from.slice(8))}.` : shortDate(from),
      to: shortDate(to),
    });
  return t(from > date ? "route.shutSoon" : "route.shutSince", { from: shortDate(from) });
}

function sameMonth(a: string, b: string): boolean {
  return a.slice(0, 7) === b.slice(0, 7);
}

/** A place's name without its town, as people write it: "Havnestuen". */
function shortName(place: Place): string {
  return told(place.name).words.replace(/ (i|ved|på|af|in|at|on|an|am) .*/, "");
}

export interface NextDoor extends Neighbour {
  readonly far: string;
  readonly to: string;
}

/** A door shut has a next door: the place that the words of the closure name, else the nearest that is open and whole. */
export function nextDoors(near: Place, why: Told | null): NextDoor[] {
  const from = whereIs(near);
  if (!from) return [];
  const date = today().date;
  const others = placesNear(from).filter(({ place }) => place.id !== near.id && !shutNow(place.closures, date));
  const named = others.find(({ place }) => shortName(place).length > 4 && why?.da.includes(shortName(place)));
  const whole = others.filter(({ place }) => faultsOf(place).every((f) => f.fault.state === "fixed"));
  return (named ? [named] : whole.slice(0, 2)).map((one) => ({
    ...one,
    far: distance(one.metres),
    to: t(`to${direction(from, one.at)}`),
  }));
}

export function OtherPlaces({ doors }: { doors: readonly NextDoor[] }) {
  if (doors.length === 0) return null;
  return (
    <>
      <Band toRows title={t("place.shutInstead")} />
      <Rows label={t("place.shutInstead")}>
        {doors.map(({ place, far, to, across }) => (
          <li key={place.id}>
            <PlaceLine place={place} far={{ far, to }} across={across} />
          </li>
        ))}
      </Rows>
    </>
  );
}
