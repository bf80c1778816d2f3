/** A new edition between two visits, and an old one that is still open. */
import { expect } from "vitest";
import { WORDS } from "../next.ts";
import { until } from "../server.ts";
import { BENCH, type Ground, holds, mapStands, type Trouble } from "./ground.ts";
import type { Tab } from "./phone.ts";
import { begin, form, outbox, report } from "./report.ts";
import { READY } from "./truth.ts";

const SWAP = "Skift nu";

async function editionOf(tab: Tab): Promise<"before" | "after"> {
  await tab.tap("link", "Gemt");
  await tab.sees(/Det her virker|Anden udgave/);
  return (await tab.words()).includes(WORDS.after) ? "after" : "before";
}

const GIVEN_UP = `navigator.serviceWorker.getRegistration().then((of) => of && !of.installing && !of.waiting)`;

/** As two further editions do: the one in charge is the next one, and what the one before had kept is swept away. */
async function forgetBefore(it: Ground, tab: Tab): Promise<void> {
  await tab.run("navigator.serviceWorker.getRegistration().then((of) => of.update()).then(() => true)");
  await waits(tab);
  await tab.run("navigator.serviceWorker.getRegistration().then((of) => of.waiting.postMessage({ do: 'swap' }))");
  await until(
    "the next edition to be in charge",
    async () => (await it.truth(tab)).edition === it.world.editions[1]?.version,
  );
  const old = it.world.editions[0]?.version;
  await tab.run(`Promise.all(["shell-${old}", "map-${old}"].map((name) => caches.delete(name)))`);
}

/** The map's scripts of the edition before, less those that are the same in the next. */
function oldMap({ world: { editions } }: Ground): string[] {
  const [before, next] = editions;
  return (before?.map ?? []).filter((path) => path.endsWith(".js") && !next?.map.includes(path));
}

/** The next edition is on the phone and waits. */
const waits = (tab: Tab): Promise<void> =>
  holds(tab, "the next edition to wait", "navigator.serviceWorker.getRegistration().then((of) => of?.waiting)");

export function deploys(trouble: Trouble): void {
  trouble("a new edition, taken by a tap, with the map that was saved", {}, async (it) => {
    const tab = await it.walker();
    it.deploy();
    await tab.reload();
    await tab.sees(SWAP);
    expect(await editionOf(tab)).toBe("before");
    await tab.tap("button", SWAP);
    await tab.sees(WORDS.after);
    expect(await it.honest(tab)).toBe(true);
  });

  trouble(
    "a new edition, then no net: it opens cold, with list and map",
    { needs: ["coldStart", "map"] },
    async (it) => {
      await it.walker();
      it.deploy();
      await it.tab.reload();
      await waits(it.tab);
      await it.gate.stop();
      const tab = await it.cold("/");
      await tab.sees("Uden net");
      // Firefox forgets a worker that waits when it is killed: the edition before goes on, whole, and the next one comes with the net.
      expect(it.browser.name === "firefox" ? ["before", "after"] : ["after"]).toContain(await editionOf(tab));
      await tab.sees(READY);
      await tab.goto("/kort");
      await mapStands(tab, "all");
    },
  );

  trouble("a new edition in one of two tabs: the other works on, and loses nothing that is typed", {}, async (it) => {
    const first = await it.newcomer();
    const second = await it.other();
    await second.sees(BENCH);
    await begin(second, "Bænken vipper.");
    it.deploy();
    await first.reload();
    await first.sees(SWAP);
    await first.tap("button", SWAP);
    await first.unsees(SWAP);
    expect(await editionOf(first)).toBe("after");
    await second.tap("button", "Meld fejlen");
    await second.sees("Tak. Fejlen er gemt her");
    expect(await outbox(first)).toEqual(["Bænken vipper."]);
    await second.goto("/gemt");
    expect(await editionOf(second)).toBe("after");
  });

  trouble(
    "an old tab left open: two editions later its late files still come from the server",
    { needs: ["map"] },
    async (it) => {
      const tab = await it.newcomer();
      it.deploy();
      await forgetBefore(it, tab);
      await tab.tap("link", "Kort");
      await mapStands(tab, "overview");
      expect(it.gate.passed.filter(({ path }) => oldMap(it).includes(path)).map(({ status }) => status)).toEqual([200]);
    },
  );

  trouble(
    "an old tab left open too long: its late files are gone, it says so and loses nothing that is typed",
    {},
    async (it) => {
      const tab = await it.newcomer();
      await begin(tab, "Brættet er revnet.");
      it.deploy();
      await forgetBefore(it, tab);
      it.gate.missing = new RegExp(`^(${oldMap(it).join("|")})$`);
      await tab.tap("link", "Mødesteder");
      await tab.tap("link", "Kort");
      await tab.sees("Kortet kunne ikke åbnes");
      await tab.tap("button", SWAP);
      await tab.sees("Kort over mødesteder");
      await tab.unsees("Kortet kunne ikke åbnes");
      await form(tab);
      await holds(tab, "the words", `document.querySelector("textarea")?.value === "Brættet er revnet."`);
    },
  );

  trouble("a file of the new edition is missing on the server: the old one goes on, and Om says so", {}, async (it) => {
    const tab = await it.newcomer();
    it.deploy();
    it.gate.missing = /^\/assets\/writing-/;
    await tab.reload();
    await tab.sees(BENCH);
    await holds(tab, "the next edition to be given up", GIVEN_UP);
    await tab.tap("link", "Hjælp");
    await tab.tap("link", "Om Mødesteder");
    await tab.sees("Ny udgave kunne ikke hentes");
    expect(await editionOf(tab)).toBe("before");
    await report(tab, "Skiltet er væk.");
    it.gate.missing = null;
    await tab.reload();
    await waits(tab);
  });

  trouble("a file is missing on the very first visit: no worker, and the app works", {}, async (it) => {
    const tab = await it.newcomer({}, /^\/assets\/writing-/);
    await tab.tap("link", "Hjælp");
    await tab.sees("112");
    await tab.tap("link", "Om Mødesteder");
    await tab.sees("kunne ikke hentes");
    await tab.tap("link", "Gemt");
    await tab.tap("button", /^Hent hele kortet/);
    await tab.sees("venter på net");
    expect(await tab.words()).not.toContain(READY);
  });

  trouble("a file of the map is missing in the new edition: it is not promised until it is there", {}, async (it) => {
    const tab = await it.walker();
    it.deploy();
    it.gate.missing = /^\/assets\/map-.*\.js$/;
    await tab.reload();
    await tab.sees(SWAP);
    await tab.tap("button", SWAP);
    await tab.sees(WORDS.after);
    await tab.sees("Hele kommunen venter på net");
    expect(await tab.words()).not.toContain(READY);
    it.gate.missing = null;
    await tab.reload();
    await tab.sees(READY);
  });
}
