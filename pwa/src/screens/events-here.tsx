/** What is on at a place or along a route: its next three times, a way to all of them, and to be told of more. */
import { useState } from "preact/hooks";
import { addDays } from "../geo/copenhagen.ts";
import { isOff, upcoming } from "../geo/times.ts";
import { followOf } from "../store/device.ts";
import { events } from "../store/signals.ts";
import { type Told, t, told } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { go } from "../ui/go.ts";
import { EventRows } from "./event-row.tsx";
import { FollowBand } from "./follow-band.tsx";
import { chooseOnly } from "./now/chosen.ts";
import { nowish, today } from "./now/clock.ts";
import { isAt } from "./words/event.ts";

const FIRST = 3;
/** So far ahead they are looked for: all that the phone has. */
const DAYS = 400;

/** Those of a place, and of the route that it is. */
export function EventsHere({ place_id, route_id }: { place_id: string | null; route_id: string | null }) {
  const here = [...events.value.values()].filter(
    (event) => (place_id !== null && isAt(event, place_id)) || (route_id !== null && isAt(event, route_id)),
  );
  if (here.length === 0) return null;
  const rows = upcoming(here, nowish(), addDays(today().date, DAYS));
  const held = rows.filter((row) => !row.was && !isOff(row.event, row.time));
  // What came to nothing today is told before what comes: somebody may be on the way.
  const off = rows.filter((row) => row.date === today().date && !held.includes(row));
  const shown = [...off, ...held.slice(0, FIRST)];
  if (shown.length === 0) return null;
  return (
    <>
      <Band toRows title={t("event.next")} />
      <EventRows rows={shown} label={t("event.next")} here />
      {held.length > FIRST && (
        <Band stack>
          <Button
            look="quiet"
            wide
            icon="calendar"
            onClick={() => {
              chooseOnly({ spot: route_id ?? place_id ?? "" });
              go("/det-sker");
            }}
          >
            {t("event.allHere")}
          </Button>
        </Band>
      )}
    </>
  );
}

/** To follow a place or an organiser: the question comes with the tap; who follows it already reads that they do. */
export function FollowFolded({ kind, id, name }: { kind: "place" | "organiser"; id: string; name: Told | string }) {
  const subject = { kind, id };
  const [asks, ask] = useState(false);
  if (asks || followOf(subject)) return <FollowBand subject={subject} name={name} />;
  const own = typeof name === "string" ? name : told(name).words;
  return (
    <Band stack>
      {kind === "place" && <p>{t("event.followPlace")}</p>}
      <div class="btns">
        <Button look="quiet" icon="bell" onClick={() => ask(true)}>
          {kind === "place" ? t("event.followPlaceDo") : t("event.followOrganiserDo", { name: own })}
        </Button>
      </div>
    </Band>
  );
}
