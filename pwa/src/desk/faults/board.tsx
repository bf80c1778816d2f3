/** /desk/fejl: what is broken, put together where it is the same, and what becomes of it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Empty } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { facilities, faults, places, reading, routes } from "../data/copy.ts";
import type { FaultWhat } from "../data/things.ts";
import { Choose, MoreRows, PAGE } from "../lists/parts.tsx";
import { today, when } from "../lists/words.ts";
import { FaultCard } from "./card.tsx";
import { type FaultState, type Group, group, isOpen, type Order, ordered } from "./group.ts";
import { FAULT_STATES, faultTitle, whatWords } from "./words.ts";

type Shown = "open" | FaultState | "all";
const SHOWN: readonly (readonly [Shown, string])[] = [
  ["open", "ikke lavet"],
  ["reported", "ikke taget"],
  ["taken", FAULT_STATES.taken],
  ["fixed", FAULT_STATES.fixed],
  ["closed", FAULT_STATES.closed],
  ["all", "alle"],
];
const ORDERS: readonly (readonly [Order, string])[] = [
  ["age", "ikke taget først"],
  ["place", "sted"],
  ["what", "slags"],
];
const WHATS: readonly FaultWhat[] = ["broken", "sign_gone", "under_water", "toilet_closed", "litter", "other"];

/** `rest`: perhaps the id of the report that somebody came for. */
export function FaultBoard({ rest }: { rest: readonly string[] }) {
  const known = { places: places.value, routes: routes.value, facilities: facilities.value };
  const day = today();
  const wanted = rest[0] ?? null;
  const groups = useMemo(() => group(faults.value.values()), [faults.value]);
  const came = groups.find((one) => one.faults.some(({ id }) => id === wanted));
  const [show, setShow] = useState<Shown>("open");
  const [what, setWhat] = useState<FaultWhat | "all">("all");
  const [order, setOrder] = useState<Order>("age");
  const [shown, setShown] = useState(PAGE);
  // Whoever comes for one that is mended sees it, whatever was chosen before.
  const over = came !== undefined && !isOpen(came.state);
  useEffect(() => {
    if (over) setShow("all");
    if (wanted !== null) setWhat("all");
  }, [wanted, over]);
  const fits = (one: Group) =>
    (show === "all" || (show === "open" ? isOpen(one.state) : one.state === show)) &&
    (what === "all" || one.what === what);
  const found = ordered(groups.filter(fits), order, (one) => faultTitle(known, one));
  // Whoever came for one sees it first.
  const rows = came && found.includes(came) ? [came, ...found.filter((one) => one !== came)] : found;
  const open = groups.filter(({ state }) => isOpen(state));
  const oldest = open.map(({ since }) => since).sort()[0];
  const takers = [
    ...new Set([...faults.value.values()].flatMap(({ taken_by }) => (taken_by ? [taken_by] : []))),
  ].sort();
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Fejl</h1>
          <p class="note-text">
            {oldest
              ? `${open.length} ${open.length === 1 ? "åben fejl. Den er" : "åbne fejl. Den ældste er"} meldt ${when(oldest, day)}.`
              : "Ingen åbne fejl."}
          </p>
        </div>
      </div>
      <section class="panel" aria-label="Fejl">
        <div class="in sift">
          <Choose id="show" label="Vis" value={show} options={SHOWN} onChoose={(value) => setShow(value as Shown)} />
          <Choose
            id="what"
            label="Slags"
            value={what}
            options={[["all", "alle slags"], ...WHATS.map((one) => [one, whatWords(one)] as const)]}
            onChoose={(value) => setWhat(value as FaultWhat | "all")}
          />
          <Choose
            id="order"
            label="Rækkefølge"
            value={order}
            options={ORDERS}
            onChoose={(value) => setOrder(value as Order)}
          />
        </div>
        <p class="in note-text" role="status">
          {rows.length === 1 ? "1 fejl" : `${rows.length} fejl`}
        </p>
        {rows.length === 0 && reading.value.phase === "ready" && (
          <Empty title={groups.length === 0 ? "Ingen har meldt noget" : "Ingen fejl passer"}>
            <p>
              {groups.length === 0
                ? "Når en borger eller en ruteguide melder noget, står det her."
                : "Tag et valg væk, eller se dem alle."}
            </p>
            <div class="btns">
              {groups.length > 0 && (
                <Button
                  look="quiet"
                  onClick={() => {
                    setShow("all");
                    setWhat("all");
                  }}
                >
                  Vis alle
                </Button>
              )}
              <LinkButton look="quiet" href="/desk">
                Til overblikket
              </LinkButton>
              {groups.length === 0 && (
                <LinkButton look="quiet" href="/desk/steder">
                  Se stederne
                </LinkButton>
              )}
            </div>
          </Empty>
        )}
        <ul class="cards">
          {rows.slice(0, shown).map((one) => (
            <FaultCard key={one.key} group={one} known={known} today={day} takers={takers} open={one === came} />
          ))}
        </ul>
        <MoreRows shown={shown} all={rows.length} onMore={() => setShown(shown + PAGE)} />
      </section>
    </>
  );
}
