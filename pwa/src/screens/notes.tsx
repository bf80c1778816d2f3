/** Faults and closures as banners: a fault is slanted and lets you go on, a closure has bars and leads elsewhere. */

import type { Place } from "../store/signals.ts";
import { capital, shortDate } from "../text/format.ts";
import { t, told } from "../text/t.ts";
import { Band, Note } from "../ui/band.tsx";
import { kindOf } from "../ui/kinds.ts";
import { Rows } from "../ui/row.tsx";
import { Say } from "../ui/say.tsx";
import { PlaceLine } from "./list-rows.tsx";
import { placesNear } from "./words/near.ts";
import type { Closure } from "./words/open.ts";
import { type FaultOn, whereIs } from "./words/place.ts";

export function FaultNotes({ faults }: { faults: readonly FaultOn[] }) {
  return (
    <>
      {faults.map(({ fault, facility: f }) => {
        const name = f ? capital(f.name ? told(f.name).words : kindOf(f).words) : "";
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
                : t(`note.${fault.state}`, { date: shortDate(fault.since) })}
            </p>
          </Note>
        );
      })}
    </>
  );
}

export function ClosureNotes({ closures, date }: { closures: readonly Closure[]; date: string }) {
  return (
    <>
      {closures.map((c) => {
        const from = shortDate(c.from);
        const title = c.stretch_ids
          ? t("place.shutPart")
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
              <Say of={c.why} />
            </p>
          </Note>
        );
      })}
    </>
  );
}

function sameMonth(a: string, b: string): boolean {
  return a.slice(0, 7) === b.slice(0, 7);
}

/** A door shut has a next door: the nearest other places. */
export function OtherPlaces({ near }: { near: Place }) {
  const from = whereIs(near);
  if (!from) return null;
  const others = placesNear(from)
    .filter(({ place }) => place.id !== near.id)
    .slice(0, 2);
  if (others.length === 0) return null;
  return (
    <>
      <Band toRows title={t("place.shutInstead")} />
      <Rows label={t("place.shutInstead")}>
        {others.map(({ place }) => (
          <li key={place.id}>
            <PlaceLine place={place} />
          </li>
        ))}
      </Rows>
    </>
  );
}
