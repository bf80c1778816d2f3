/** The frame around every screen: what is above it, the screen itself, the four words below. */
import { Component, type ComponentChildren, type FunctionComponent } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { ListScreen } from "../screens/list.tsx";
import { t } from "../text/t.ts";
import type { Back } from "../ui/head.tsx";
import { Nav } from "../ui/nav.tsx";
import { Toasts } from "../ui/sheet.tsx";
import { Broken } from "./broken.tsx";
import { Strips, UpdateNotice } from "./strips.tsx";
import { arrived, cameFrom, fragment, here } from "./travel.ts";
import { parse, roomOf, type Where } from "./where.ts";

type Rest = typeof import("../screens/rest.tsx");

/** The screens after the first come in a file of their own, so that the list does not wait for them. */
let rest: Rest | null = null;
let coming: Promise<Rest> | null = null;

export function fetchRest(): Promise<Rest> {
  coming ??= import("../screens/rest.tsx").then(
    (made) => {
      rest = made;
      return made;
    },
    (error: unknown) => {
      coming = null;
      throw error;
    },
  );
  return coming;
}

/** The word of "back" is the name of where it leads. */
function backTo(): Back {
  const from = cameFrom.value ?? "/";
  const path = from.replace(/#.*/, "");
  if (path === "/kort") return { href: from, words: t("bar.map") };
  if (from === "/gemt") return { href: from, words: t("nav.saved") };
  if (from === "/hjaelp") return { href: from, words: t("nav.help") };
  if (from === "/det-sker") return { href: from, words: t("nav.happens") };
  if (/^\/(steder|ruter|ting|det-sker)\/[^/]+$/.test(path) && path !== here.value)
    return { href: from, words: t("bar.back") };
  return { href: "/", words: t("bar.places") };
}

export function App() {
  const where = parse(here.value);
  const map = where.screen === "map";
  useLayoutEffect(() => {
    // The map fills the screen and the page does not scroll under it.
    document.getElementById("app")?.classList.toggle("map-page", map);
  }, [map]);
  return (
    <>
      <a class="skip" href="#main">
        {t("skip.main")}
      </a>
      <Strips where={where} />
      <Guard key={here.value}>{where.screen === "list" ? <List /> : <Other where={where} />}</Guard>
      <Toasts>
        <UpdateNotice />
      </Toasts>
      <Nav here={roomOf(where)} />
    </>
  );
}

function List() {
  useLayoutEffect(arrived, []);
  useTitle();
  return (
    <main id="main" tabIndex={-1}>
      <ListScreen />
    </main>
  );
}

/** The title of the tab is the heading of the screen. */
function useTitle(): void {
  useEffect(() => {
    const name = document.querySelector("main h1")?.textContent?.replace(/\u00ad/g, "");
    document.title = name && name !== t("app") ? `${name} · ${t("app")}` : t("app");
  });
}

function Other({ where }: { where: Where }) {
  const [, setReady] = useState(rest !== null);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    if (!rest) fetchRest().then(() => setReady(true), setFailed);
  }, []);
  useLayoutEffect(() => {
    if (rest) arrived();
  });
  useTitle();
  if (failed) return <Broken error={failed} late />;
  if (!rest) {
    return (
      <main id="main" tabIndex={-1}>
        <p class="empty" role="status">
          {t("loading")}
        </p>
      </main>
    );
  }
  const Screen = rest.Screen as FunctionComponent<Parameters<Rest["Screen"]>[0]>;
  return <Screen where={where} back={backTo()} fragment={fragment.value} />;
}

/** An error in one screen leaves the rest standing, and says what is kept. */
class Guard extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: null as unknown };
  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override componentDidCatch(error: unknown) {
    console.error(error);
  }
  render() {
    return this.state.error ? <Broken error={this.state.error} /> : this.props.children;
  }
}
