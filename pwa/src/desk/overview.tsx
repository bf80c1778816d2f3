/** /desk: what waits for somebody, and how far the municipality is. Until the map is open: the way there. */
import { LinkButton } from "../ui/button.tsx";
import { facilities, places, reading, routes, site } from "./data/copy.ts";
import { upper } from "./lists/words.ts";
import { me } from "./me.ts";
import { BeforeOpening, FirstPlaces, firstTitle } from "./overview-first.tsx";
import { Goal, KnownAccess, NEEDED } from "./overview-goal.tsx";
import { InviteSomebody, OpenForAll, Trial } from "./overview-open.tsx";
import { Todo } from "./overview-todo.tsx";
import { useWaits } from "./waits-all.ts";
import { moment } from "./words.ts";

export function Overview(_: { rest?: readonly string[] }) {
  const who = me.value;
  const admin = who?.rights.includes("admin") ?? false;
  const all = useWaits(admin);
  const here = { places: places.value, routes: routes.value, facilities: facilities.value };
  const launch = site.value?.launch ?? null;
  const needed = launch?.needed ?? NEEDED;
  const active = [...here.places.values()].filter(({ state }) => state === "active").length;
  const ready = reading.value.phase === "ready" || here.places.size > 0;
  const opening = launch !== null && launch.state !== "open";
  const first = ready && (opening || active < needed);
  // The places that are not in use yet stand above the rest.
  const waits = first ? all.filter(({ key }) => !/^(?:ready |together unready)/.test(key)) : all;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>{first ? firstTitle(needed) : `Goddag, ${who?.name.split(" ")[0] ?? ""}`}</h1>
          <p class="note-text">
            {upper(moment(new Date()))}
            {first && site.value && (site.value.demo ? ". Det er prøvedata." : ". Prøvedata er slået fra.")}
          </p>
        </div>
        <div class="btns">
          <LinkButton small icon="plus" href="/desk/steder/ny">
            Nyt sted
          </LinkButton>
        </div>
      </div>
      {!ready && <p role="status">Henter listen …</p>}
      {ready && (
        <div class="desk-cols">
          <div class="desk-col">
            {first && <FirstPlaces places={here.places} needed={needed} />}
            {first && opening && site.value && (
              <BeforeOpening site={site.value} things={here.facilities.size + here.routes.size} admin={admin} />
            )}
            {(!first || waits.length > 0) && <Todo waits={waits} />}
          </div>
          <div class="desk-col">
            {opening && admin && <Trial launch={launch} />}
            {opening && admin && <OpenForAll active={active} needed={needed} />}
            {first && admin && <InviteSomebody />}
            {!first && <Goal places={here.places} launch={launch} />}
            {!first && <KnownAccess places={here.places} routes={here.routes} />}
          </div>
        </div>
      )}
    </>
  );
}
