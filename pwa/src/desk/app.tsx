/** The desk's frame: at the side on a wide screen, above and below on a phone. */
import { useEffect } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Toasts } from "../ui/sheet.tsx";
import { useDoing, Wrong } from "./busy.tsx";
import { pull } from "./feed.ts";
import { go, here } from "./go.ts";
import { Invite } from "./invite.tsx";
import { Login } from "./login.tsx";
import { look, me } from "./me.ts";
import { Mine } from "./mine.tsx";
import { Overview } from "./overview.tsx";
import { People } from "./people.tsx";

interface Room {
  readonly path: string;
  readonly words: string;
  readonly icon: IconName;
  readonly right: string;
}
const ROOMS: readonly Room[] = [
  { path: "/desk", words: "Overblik", icon: "chart", right: "staff" },
  { path: "/desk/folk", words: "Folk", icon: "people", right: "admin" },
  { path: "/desk/mig", words: "Mig", icon: "user", right: "signed_in" },
];

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
      await look();
      if (me.peek()?.rights.includes("staff")) await pull();
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
  const room = rooms.find((one) => one.path === path) ?? rooms[0];
  const links = rooms.map((one) => (
    <a key={one.path} href={one.path} {...(one === room ? { "aria-current": "page" as const } : {})}>
      <Icon name={one.icon} />
      {one.words}
    </a>
  ));
  return (
    <div class="desk">
      <header class="desk-top">
        <span>
          <b>Mødesteder</b>
        </span>
        <a class="tool" href="/desk/mig">
          {who.name}
        </a>
      </header>
      <aside aria-label="Desk">
        <div class="desk-title">
          <b>Mødesteder</b>
        </div>
        {links}
        <p class="who">
          <b>{who.name}</b>
        </p>
      </aside>
      <main class="desk-main" id="main" tabIndex={-1}>
        <Wrong doing={doing} />
        {room?.path === "/desk" && <Overview />}
        {room?.path === "/desk/folk" && <People />}
        {room?.path === "/desk/mig" && <Mine />}
      </main>
      <nav class="nav desk-nav" aria-label="Hovedmenu">
        {links}
      </nav>
      <Toasts />
    </div>
  );
}
