/** Start: theme and language, the phone's own data, the first screen; then the service worker and the other screens. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { whole } from "../screens/list.tsx";
import { settled, startClock } from "../screens/now/clock.ts";
import { places, site, start, state } from "../store/signals.ts";
import { register } from "../store/worker.ts";
import { LANGS, lang, use } from "../text/t.ts";
import { listenForVoices } from "../ui/aloud.ts";
import { choice } from "../ui/choice.ts";
import { drawHorizon } from "../ui/horizon.tsx";
import { holdOffer } from "../ui/offer.ts";
import { followTheme } from "../ui/theme.ts";
import { App, fetchRest } from "./app.tsx";
import { here, listen } from "./travel.ts";
import { parse } from "./where.ts";

const root = document.getElementById("app") as HTMLElement;

/** The phone's own list is read in less than this; the frame waits for it, so that rows do not push what already stands. */
const OWN_MS = 250;

/** A page that the server wrote stays until there is something to put in its place. */
async function whenThereIsSomething(data: Promise<void>): Promise<void> {
  if (!root.firstElementChild) {
    await Promise.race([data, new Promise((done) => setTimeout(done, OWN_MS))]);
    return;
  }
  const waited = new Promise((done) => setTimeout(done, 3000));
  const filled = new Promise<void>((done) => {
    const stop = effect(() => {
      if (places.value.size > 0 || state.value.phase === "ready") done();
    });
    void waited.then(stop);
  });
  await Promise.race([filled, waited]);
  root.textContent = "";
}

async function begin(): Promise<void> {
  const data = start().catch((error: unknown) => console.error(error));
  // What the address asks for comes while the phone's own data is read, not after.
  const { screen } = parse(here.peek());
  if (screen !== "list") void fetchRest().catch(() => undefined);
  if (screen === "map") {
    import("../pack/packs.ts").then(({ lookHere }) => lookHere()).catch(() => undefined);
    import("../map/map.ts").catch(() => undefined);
  }
  followTheme();
  holdOffer();
  listen();
  startClock();
  const own = LANGS.find((l) => l === choice("lang").value);
  // A dictionary that is not here leaves Danish standing.
  if (own && own !== "da") await use(own).catch(() => undefined);
  effect(() => {
    document.documentElement.lang = lang();
  });
  let code = "";
  effect(() => {
    const next = site.value?.code.padStart(4, "0") ?? "";
    if (next === code) return;
    code = next;
    void drawHorizon(code);
  });
  void Promise.race([data, new Promise((done) => setTimeout(done, 4000))]).then(() => {
    settled.value = true;
  });
  await whenThereIsSomething(data);
  whole.value = false;
  render(<App />, root);
  requestAnimationFrame(() =>
    setTimeout(() => {
      whole.value = true;
    }),
  );
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 300));
  idle(() => {
    void register();
    listenForVoices();
    void fetchRest().catch(() => undefined);
  });
}

void begin();
