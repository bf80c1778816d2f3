/** /desk/ruter: all routes, how long they are and how much of them is known. */
import { useMemo, useState } from "preact/hooks";
import { fold } from "../../text/fold.ts";
import { maybe } from "../../text/t.ts";
import { Empty } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { places, reading, routes } from "../data/copy.ts";
import type { Route } from "../data/things.ts";
import { Find, MoreRows, PAGE } from "./parts.tsx";
import { knownSurface, pickRoutes } from "./pick.ts";

const modeWords = (route: Route): string => route.modes.map((mode) => maybe(`mode.${mode}`) ?? mode).join(", ");

const texts = new WeakMap<Route, string>();
function folded(route: Route): string {
  const text = texts.get(route) ?? fold(`${route.name.da} ${modeWords(route)}`);
  texts.set(route, text);
  return text;
}

const km = (metres: number): string =>
  metres < 1000 ? `${Math.round(metres / 10) * 10}\u00a0m` : `${(metres / 1000).toFixed(1).replace(".", ",")}\u00a0km`;

export function RouteList(_: { rest?: readonly string[] }) {
  const all = routes.value;
  const [words, setWords] = useState("");
  const [shown, setShown] = useState(PAGE);
  const found = useMemo(() => pickRoutes(all.values(), fold(words.trim()), folded), [all, words]);
  const users = useMemo(() => {
    const of = new Map<string, string>();
    for (const place of places.value.values())
      if (place.state !== "dissolved" && place.route_id) of.set(place.route_id, place.name.da);
    return of;
  }, [places.value]);
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Ruter</h1>
          <p class="note-text">
            {reading.value.phase === "ready" || all.size > 0 ? `${all.size} i alt` : "Henter listen …"}
          </p>
        </div>
        <div class="btns">
          <LinkButton small icon="plus" href="/desk/ruter/ny">
            Ny rute
          </LinkButton>
        </div>
      </div>
      {reading.value.phase === "ready" && all.size === 0 ? (
        <section class="panel">
          <Empty title="Der er ingen ruter endnu">
            <p>Kommunens stier kan hentes ind fra et register eller en fil. Du kan også tegne en selv.</p>
            <div class="btns">
              <LinkButton icon="download" href="/desk/ind">
                Hent ruter ind
              </LinkButton>
              <LinkButton look="quiet" icon="plus" href="/desk/ruter/ny">
                Tegn en rute
              </LinkButton>
            </div>
          </Empty>
        </section>
      ) : (
        <section class="panel" aria-label="Ruter">
          <div class="in sift">
            <Find
              id="find-route"
              label="Find i listen"
              value={words}
              onInput={(typed) => {
                setWords(typed);
                setShown(PAGE);
              }}
            />
          </div>
          <p class="in note-text" role="status">
            {found.length === all.size
              ? `${found.length} ${found.length === 1 ? "rute" : "ruter"}`
              : `${found.length} ruter passer`}
          </p>
          {found.length === 0 ? (
            <Empty title="Ingen ruter passer">
              <p>Prøv et andet ord.</p>
              <div class="btns">
                <Button look="quiet" onClick={() => setWords("")}>
                  Vis alle
                </Button>
                <LinkButton look="quiet" icon="plus" href="/desk/ruter/ny">
                  Ny rute
                </LinkButton>
              </div>
            </Empty>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th>Rute</th>
                  <th class="num">Længde</th>
                  <th class="num">Stræk</th>
                  <th class="num">Underlag kendt</th>
                  <th>Mødested</th>
                </tr>
              </thead>
              <tbody>
                {found.slice(0, shown).map((route) => (
                  <tr key={route.id}>
                    <td>
                      <a href={`/desk/ruter/${route.id}`}>{route.name.da || "Uden navn"}</a>
                      <br />
                      <span class="note-text">{modeWords(route)}</span>
                    </td>
                    <td class="num" data-th="Længde:">
                      {km(route.length_m)}
                    </td>
                    <td class="num" data-th="Stræk:">
                      {route.stretches.length}
                    </td>
                    <td class="num" data-th="Underlag kendt:">
                      {route.length_m === 0 ? "0" : Math.round((knownSurface(route) / route.length_m) * 100)} %
                    </td>
                    <td data-th="Mødested:">{users.get(route.id) ?? "intet"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <MoreRows shown={shown} all={found.length} onMore={() => setShown(shown + PAGE)} />
        </section>
      )}
    </>
  );
}
