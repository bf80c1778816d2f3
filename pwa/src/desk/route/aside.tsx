/** Beside the route: what lies along it, the places that use it, and the way out of the lists and back. */
import { useMemo, useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Dialog, tell } from "../../ui/sheet.tsx";
import { facilities, places } from "../data/copy.ts";
import type { Route } from "../data/things.ts";
import { act } from "../data/write.ts";
import { go } from "../go.ts";
import { SaidNote, useActing } from "../lists/acting.tsx";
import { kindWords } from "../lists/names.ts";
import { exact } from "../map/keys.ts";
import { AreaField } from "../parts/field.tsx";
import { beside, pointOfThing } from "./along.ts";
import type { Way } from "./way.ts";

const MOST = 12;
/** As long as a reason may be (docs/wire.md, withdraw). */
const WHY_MOST = 500;

export function Aside({ id, route, way, onGone }: { id: string; route: Route | null; way: Way; onGone: () => void }) {
  const lines = way.map(({ line }) => line).join("\n");
  const things = useMemo(() => beside(way, facilities.value.values(), pointOfThing), [lines, facilities.value]);
  const live = [...places.value.values()].flatMap((place) => (place.state === "dissolved" ? [] : [place]));
  const users = live.filter(({ route_id }) => route_id === id);
  const others = useMemo(() => beside(way, live, ({ point }) => point), [lines, places.value]);
  return (
    <>
      <section class="panel" aria-label="Mødesteder på ruten">
        <header>
          <h2 class="small-h">Mødesteder på ruten</h2>
        </header>
        <div class="in list">
          {users.length === 0 && (
            <p class="note-text">Intet mødested bruger ruten endnu.{others.length > 0 && " Disse ligger ved den:"}</p>
          )}
          <ul class="stack">
            {users.map((place) => (
              <li key={place.id}>
                <a href={`/desk/steder/${place.id}`}>{place.name.da}</a>
              </li>
            ))}
            {others
              .filter(({ thing }) => thing.route_id !== id)
              .slice(0, MOST)
              .map(({ thing, at_m, off_m }) => (
                <li key={thing.id}>
                  <a href={`/desk/steder/${thing.id}`}>{thing.name.da}</a>
                  <br />
                  <span class="note-text">
                    efter {exact(at_m)}, {exact(off_m)} fra ruten
                  </span>
                </li>
              ))}
          </ul>
        </div>
      </section>
      <section class="panel" aria-label="Langs ruten">
        <header>
          <h2 class="small-h">Langs ruten</h2>
        </header>
        <div class="in list">
          {things.length === 0 && <p class="note-text">Ingen bænke, toiletter eller andet inden for 100 m.</p>}
          <ul class="stack">
            {things.slice(0, MOST).map(({ thing, at_m, off_m }) => (
              <li key={thing.id}>
                <a href={`/desk/ting/${thing.id}`}>{kindWords(thing)}</a>{" "}
                <span class="note-text">
                  efter {exact(at_m)}, {exact(off_m)} fra ruten
                </span>
              </li>
            ))}
          </ul>
          {things.length > MOST && <p class="note-text">og {things.length - MOST} til.</p>}
        </div>
      </section>
      {route && <TakeBack route={route} used={users.length > 0} onGone={onGone} />}
    </>
  );
}

/** The route leaves all lists, with the reason for the colleagues. It can be fetched back from what happened. */
function TakeBack({ route, used, onGone }: { route: Route; used: boolean; onGone: () => void }) {
  const acting = useActing();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const [wrong, setWrong] = useState(false);
  const withdraw = () => {
    if (!why.trim() || why.length > WHY_MOST) {
      setWrong(true);
      document.getElementById("f-route-why")?.focus();
      return;
    }
    acting.run(
      () => act("withdraw", { kind: "route", id: route.id }, { why: why.trim() }),
      () => {
        onGone();
        tell("Ruten er trukket tilbage.", {
          words: "Fortryd",
          run: () => void act("restore", { kind: "route", id: route.id }, {}).then(() => go(`/desk/ruter/${route.id}`)),
        });
      },
    );
  };
  return (
    <section class="panel" aria-label="Træk ruten tilbage">
      <div class="in t2 stack">
        {used ? (
          <p class="note-text">Ruten kan ikke trækkes tilbage, mens et mødested bruger den.</p>
        ) : (
          <div class="btns start">
            <Button look="quiet" small icon="trash" onClick={() => setAsking(true)}>
              Træk ruten tilbage
            </Button>
          </div>
        )}
        {!asking && <SaidNote acting={acting} />}
      </div>
      {asking && (
        <Dialog title={`Træk ${route.name.da} tilbage?`} onClose={() => setAsking(false)}>
          <p>Ruten forsvinder fra kortet og listerne. Den kan hentes tilbage.</p>
          <AreaField
            path="route/why"
            label="Hvorfor? Kun I kan læse det"
            hint="For eksempel: Stien er pløjet op."
            rows={2}
            limit={WHY_MOST}
            value={why}
            wrongs={wrong && !why.trim() ? new Map([["route/why", "Skriv hvorfor, så de andre ved det."]]) : new Map()}
            onChange={setWhy}
          />
          <SaidNote acting={acting} />
          <div class="btns">
            <Button look="danger" icon="trash" off={acting.busy} onClick={withdraw}>
              {acting.busy ? "Et øjeblik …" : "Træk tilbage"}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              Behold ruten
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
