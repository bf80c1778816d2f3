/** The desk's frame: at the side on a wide screen, above and below on a phone. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Toasts } from "../ui/sheet.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { faults, places, reading, routes, site } from "./data/copy.ts";
import { readAll, unkept } from "./data/draft.ts";
import { besides } from "./data/own.ts";
import { outboxUnkept, pullNow, start } from "./data/write.ts";
import { openCount } from "./faults/group.ts";
import { go, here } from "./go.ts";
import { Invite } from "./invite.tsx";
import { today } from "./lists/words.ts";
import { Login } from "./login.tsx";
import { logIn, look, me } from "./me.ts";
import { More } from "./more.tsx";
import { ROOMS, type Room, roomAt } from "./rooms.ts";
import { Search } from "./search.tsx";
import { waitsCount } from "./waits-all.ts";
import { moment } from "./words.ts";

export function App() {
  const path = here.value.replace(/\/$/, "");
  if (path === "/login") return <Login />;
  if (path === "/invite") return <Invite />;
  return <Desk path={path} />;
}

function Desk({ path }: { path: string }) {
  const doing = useDoing();
  // One thing after the other: what staff read is asked for once it is known who reads.
  const begin = () =>
    doing.run(async () => {
      await Promise.all([look(), readAll()]);
      const who = me.peek();
      if (who?.rights.includes("staff")) await start(who.id);
      else if (who?.rights.includes("organise")) await start(who.id, "organiser");
    });
  useEffect(begin, []);
  const who = me.value;
  useEffect(() => {
    if (who === null) go("/login");
  }, [who === null]);
  if (!who)
    return (
      <main class="desk-main" id="main">
        <Wrong doing={doing} />
        {doing.wrong ? <Button onClick={begin}>Prøv igen</Button> : <p role="status">Et øjeblik …</p>}
      </main>
    );
  const rooms = ROOMS.filter((room) => who.rights.includes(room.right));
  const listed = rooms.filter((one) => !one.inner);
  const more = path === MORE;
  const { room, rest } = roomAt(path, rooms);
  const Show = room?.show;
  return (
    <div class="desk">
      <a class="skip" href="#main">
        Gå til indholdet
      </a>
      <header class="desk-top">
        <Town />
        <a class="tool" href="/desk/mig">
          {who.name}
        </a>
      </header>
      <aside aria-label="Desk">
        <div class="desk-title">
          <Town />
        </div>
        {listed.map((one) => (
          <RoomLink key={one.path} of={one} here={one === room} />
        ))}
        <p class="who">
          <b>{who.name}</b>
        </p>
      </aside>
      <main class="desk-main" id="main" tabIndex={-1}>
        {who.rights.includes("staff") && <Search />}
        <Wrong doing={doing} />
        <How />
        {more && <More rooms={beyond(listed)} />}
        {!more && Show && <Show key={room.path} rest={rest} />}
        <Toasts />
      </main>
      <nav class="nav desk-nav" aria-label="Hovedmenu">
        {below(listed).map((one) => (
          <Link key={one.path} to={one.path} icon={one.icon} here={!more && one === room}>
            {told(one.path) > 0 ? `${one.words}, ${told(one.path)}` : one.words}
          </Link>
        ))}
        {beyond(listed).length > 0 && (
          <Link to={MORE} icon="menu" here={more || (room !== undefined && beyond(listed).includes(room))}>
            Mere
          </Link>
        )}
      </nav>
    </div>
  );
}

/** Where the menu of a phone has the rest. */
const MORE = "/desk/mere";
const WAITS = "/desk/venter";
const HOST = "/desk/vaert";
const FIRST = ["/desk", "/desk/steder", "/desk/venter"];

/** Four words stand at the bottom of a phone: whoever has no more rooms than that sees them all there. */
const below = (rooms: readonly Room[]): readonly Room[] =>
  rooms.length <= 4 ? rooms : rooms.filter(({ path }) => FIRST.includes(path));
const beyond = (rooms: readonly Room[]): readonly Room[] => rooms.filter((room) => !below(rooms).includes(room));

const COUNTED: Readonly<Record<string, () => number>> = {
  "/desk/steder": () => [...places.value.values()].filter(({ state }) => state !== "dissolved").length,
  "/desk/ruter": () => routes.value.size,
  "/desk/fejl": () => openCount(faults.value.values()),
  [HOST]: () => unanswered(),
  [WAITS]: () => waitsCount.value,
};

/** Times to come at which somebody wants to be met, and nobody has said by whom. */
const unanswered = (): number =>
  besides.value.asked.filter(({ day, number, answer }) => number > 0 && answer === null && day >= today()).length;
/** What is said in a phone's menu too, since somebody waits for it. */
const told = (path: string): number => (path === WAITS || path === HOST ? (COUNTED[path]?.() ?? 0) : 0);

function RoomLink({ of, here }: { of: Room; here: boolean }) {
  const count = COUNTED[of.path]?.();
  return (
    <Link to={of.path} icon={of.icon} here={here}>
      {of.words}
      {count !== undefined && count > 0 && <span class="count">{count}</span>}
    </Link>
  );
}

function Link({
  to,
  icon,
  here,
  children,
}: {
  to: string;
  icon: IconName;
  here: boolean;
  children: ComponentChildren;
}) {
  return (
    <a href={to} {...(here ? { "aria-current": "page" as const } : {})}>
      <Icon name={icon} />
      {children}
    </a>
  );
}

function Town() {
  const name = site.value?.name.da;
  return (
    <span>
      <b>Mødesteder</b>
      {name && (
        <>
          <br />
          <span class="note-text">{name}</span>
        </>
      )}
    </span>
  );
}

/** What stands between the person and a desk that is as it should be: no network, a login that has ended, a full disk. */
function How() {
  const doing = useDoing();
  const { shut, reached, readAt, kept } = reading.value;
  const again = () => doing.run(() => logIn().then(pullNow));
  return (
    <>
      {shut === "login" && (
        <Note tone="bad" icon="key" live>
          <p>
            <b>Du er logget ud.</b> Det, du har skrevet, er gemt her. Log ind igen, så bliver det sendt.
          </p>
          <Wrong doing={doing} />
          <Button icon="key" off={doing.busy} onClick={again}>
            Log ind igen
          </Button>
        </Note>
      )}
      {!reached && shut === null && readAt !== null && (
        <Note icon="wait" live>
          <p>
            <b>Uden net.</b> Listen er fra {moment(new Date(readAt))}. Det, du skriver, er gemt her og bliver sendt, når
            der er net.
          </p>
        </Note>
      )}
      {(kept === "memory" || unkept.value || outboxUnkept.value) && (
        <Note tone="bad" icon="warn" live>
          <p>
            <b>Der er ikke plads på denne computer.</b> Det, du skriver, er væk, når du lukker vinduet. Send det først.
          </p>
        </Note>
      )}
    </>
  );
}
