/** /desk/vaert: who wants to be met at the door, what the host answers, and how many came. `rest`: perhaps an event and a day. */
import "./host.css";
import { useEffect } from "preact/hooks";
import { opOf } from "#phone/op.ts";
import type { Told } from "../../api/types.gen.ts";
import { serverNow } from "../../store/clock.ts";
import { readDrafts } from "../../store/drafts.ts";
import { Empty } from "../../ui/band.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { events, ops, reading } from "../data/copy.ts";
import { besides } from "../data/own.ts";
import { pullNow } from "../data/write.ts";
import { count, today, upper } from "../lists/words.ts";
import { me } from "../me.ts";
import type { RoomProps } from "../rooms.ts";
import { Came } from "./came.tsx";
import { Meet } from "./meet.tsx";
import { type Doing, newIn, turns } from "./turns.ts";

/** What the server took so short a time ago may not have been read back yet. */
const READ_BACK_MS = 120_000;

/** What was done here: it shows at once, before the server tells it back. */
function doing(): Doing[] {
  return ops.value.flatMap((op): Doing[] => {
    const fresh = op.settled_at !== null && serverNow() - op.settled_at < READ_BACK_MS;
    if (op.state !== "waiting" && op.state !== "sent" && !(op.state === "applied" && fresh)) return [];
    const { verb, subject, args } = opOf(op);
    return subject.kind === "event" ? [{ verb, event_id: subject.id, args }] : [];
  });
}

/** "godt: 5, kom ikke, og det er i orden: 1". Nobody is a number of their own: fewer than five are not told. */
const howItWas = ({ good, so_so, not_for_me, not_there }: Told): string =>
  [
    ...(good > 0 ? [`godt: ${good}`] : []),
    ...(so_so > 0 ? [`nogenlunde: ${so_so}`] : []),
    ...(not_for_me > 0 ? [`ikke noget for dem: ${not_for_me}`] : []),
    ...(not_there > 0 ? [`kom ikke, og det er i orden: ${not_there}`] : []),
  ].join(", ");

export function HostRoom({ rest }: RoomProps) {
  const staff = me.value?.rights.includes("staff") ?? false;
  useEffect(() => {
    void readDrafts();
    void pullNow();
  }, []);
  const { asked, counts } = besides.value;
  const mine = [...events.value.values()].filter((event) => staff || event.staff !== undefined);
  const { coming, over } = turns({ events: mine, asked, counts, doing: doing(), now: serverNow(), every: !staff });
  const waiting = coming.filter(({ number, answer }) => number > 0 && answer === null).length;
  const told = mine.flatMap(({ id, name }) => {
    const one = besides.value.told?.find(({ event_id }) => event_id === id);
    return one ? [[id, `${name.da}: ${howItWas(one)}`] as const] : [];
  });
  const year = today().slice(0, 4);
  const fresh = newIn(year, counts, over);
  const wanted = rest.length > 1 ? `${rest[0]}.${(rest[1] ?? "").replaceAll("-", "")}` : null;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Vært</h1>
          <p class="note-text" role="status">
            {waiting > 0
              ? `${upper(count(waiting, "gang", "gange"))} venter på dit svar.`
              : "Her ser du, om nogen gerne vil mødes ved døren."}
          </p>
        </div>
      </div>
      {coming.length === 0 && over.length === 0 && (
        <section class="panel">
          <Empty title={reading.value.phase === "ready" ? "Intet at gøre lige nu" : "Henter …"}>
            <p>
              {staff
                ? "Når nogen gerne vil mødes ved døren, står det her. Det gør det også, når der kan tælles."
                : "Når I har en begivenhed de næste to uger, står den her."}
            </p>
            <div class="btns">
              <LinkButton look="quiet" href="/desk/begivenheder">
                Se begivenhederne
              </LinkButton>
            </div>
          </Empty>
        </section>
      )}
      {coming.length > 0 && (
        <ul class="turns" aria-label="Kommer">
          {coming.map((turn) => (
            <Meet key={turn.key} turn={turn} wanted={turn.key === wanted} />
          ))}
        </ul>
      )}
      {over.length > 0 && (
        <section class="panel apart" aria-labelledby="afterwards">
          <header>
            <h2 id="afterwards">Bagefter: hvor mange kom?</h2>
            <span class="note-text">To tryk. Ingen navne.</span>
          </header>
          <ul class="turns-over">
            {over.map((turn) => (
              <Came key={turn.key} turn={turn} />
            ))}
          </ul>
          {told.length > 0 && (
            <div class="in stack">
              <h3>Hvordan det var</h3>
              <ul class="dots">
                {told.map(([id, words]) => (
                  <li key={id}>{words}</li>
                ))}
              </ul>
            </div>
          )}
          {fresh > 0 && (
            <p class="in note-text" role="status">
              {staff ? `I år er der taget imod ${fresh} nye.` : `I år har I taget imod ${fresh} nye.`}
            </p>
          )}
        </section>
      )}
    </>
  );
}
