/** Where troubles happen: two editions of the server on the same data, a gate before them, and a phone that is bought when one is needed. */
import { appendFileSync, cpSync } from "node:fs";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { Lists } from "../../../pwa/lists.ts";
import type { PackList, PackManifest, Place } from "../../../pwa/src/api/types.gen.ts";
import { readFeed, theOne } from "../feed.ts";
import { Gate } from "../gate.ts";
import { nextEdition } from "../next.ts";
import { clean, demoCopy, emptyDir, freePort, PATIENCE_MS, ROOT, rows, Server, until } from "../server.ts";
import { BROWSERS, SAID_TO } from "./browsers.ts";
import type { Browser, Can, How, Phone, Tab } from "./phone.ts";
import { editionAt, honest, READY, type Truth, truthOf } from "./truth.ts";

/** What Gemt says of the whole map once it is known how it stands with it. */
const FOUND_OUT = /Hele kommunen (klar|venter på net|holder pause|ikke plads)|Hent hele kortet/;

/** A place of the demo that everybody sees. */
export const BENCH = "Aftenbænken ved sundet";

interface World {
  readonly now: Server;
  /** The next edition, on data where this one has been before: behind the gate it is a deploy. */
  readonly next: Server;
  readonly editions: readonly Lists[];
}

let world: World | null = null;

/** Once for all browsers. */
async function begin(): Promise<World> {
  const root = nextEdition();
  const [dir, later] = [demoCopy(), emptyDir()];
  const now = await new Server(await freePort(), dir, true).start();
  // The same town, of the same epoch, and what this edition's server keeps there for old phones.
  cpSync(dir, later, { recursive: true });
  const next = await new Server(await freePort(), later, true, root).start();
  return { now, next, editions: [editionAt(ROOT), editionAt(root)] };
}

async function end(): Promise<void> {
  for (const server of world ? [world.now, world.next] : []) {
    await server.stop();
    clean(server.dataDir);
  }
}

export class Ground {
  readonly browser: Browser;
  readonly gate = new Gate();
  readonly world: World;
  phone: Phone | null = null;
  /** Started as any other, so that the next newcomer may have it. */
  #plain = false;
  /** The tab that was opened last. */
  tab!: Tab;

  constructor(browser: Browser, of: World) {
    this.browser = browser;
    this.world = of;
  }

  /** A phone that was never here, on its first visit, in the hands of its service worker. */
  async newcomer(how: How = {}, missing: RegExp | null = null): Promise<Tab> {
    await this.#fresh(how);
    this.gate.missing = missing;
    await this.tab.goto("/");
    await this.tab.sees(BENCH);
    if (!missing && how.quota === undefined) await inHand(this.tab);
    return this.tab;
  }

  /** A phone on a page of ours that is not the app: nothing of it is kept yet. */
  async blank(path: string): Promise<Tab> {
    await this.#fresh({});
    await this.tab.goto(path);
    return this.tab;
  }

  /** A phone that has nothing of ours. To one that runs already we are another site: a start costs more than most troubles. */
  async #fresh(how: How): Promise<void> {
    this.gate.behind = this.world.now.port;
    await this.gate.moves();
    if (this.phone && this.#plain && isPlain(how)) {
      this.tab = await this.phone.moves(this.gate.url);
      return;
    }
    await this.off();
    this.phone = await this.browser.phone(this.gate.url);
    this.tab = await this.phone.start(how);
    this.#plain = isPlain(how);
  }

  /** The same, with the whole map saved. */
  async walker(): Promise<Tab> {
    await this.newcomer();
    await this.saveMap(this.tab);
    return this.tab;
  }

  async saveMap(tab: Tab): Promise<void> {
    await tab.tap("link", "Gemt");
    await tab.tap("button", /^Hent hele kortet/);
    await tab.sees(READY);
  }

  /** One more tab. */
  async other(path = "/"): Promise<Tab> {
    if (!this.phone) throw new Error("there is no phone");
    const tab = await this.phone.tab();
    await tab.goto(path);
    return tab;
  }

  /** Killed, and started again at this address. */
  async cold(path: string, how: How = {}): Promise<Tab> {
    if (!this.phone) throw new Error("there is no phone");
    await this.phone.kill();
    this.tab = await this.phone.start(how);
    this.#plain = isPlain(how);
    await this.tab.goto(path);
    return this.tab;
  }

  async off(): Promise<void> {
    await this.phone?.stop();
    this.phone = null;
  }

  /** From here on the phone meets the next edition. */
  deploy(): void {
    this.gate.behind = this.world.next.port;
  }

  truth(tab = this.tab): Promise<Truth> {
    return truthOf(tab);
  }

  /** What the phone says on Gemt, once it has found out, is what it has. Returns whether it promises a map without network. */
  async honest(tab = this.tab): Promise<boolean> {
    if ((await tab.run<string>("location.pathname").catch(() => "")) !== "/gemt") await tab.goto("/gemt");
    await tab.sees(FOUND_OUT);
    await tab.unsees("Hele kommunen henter");
    return honest(tab, this.world.editions);
  }

  /** The bench as everybody reads it. */
  async bench(): Promise<Place> {
    const { places } = await readFeed(this.world.now.url);
    return theOne(places, BENCH, ({ name }) => name.da === BENCH);
  }

  /** How many faults with these words the server has. */
  landed(words: string): number {
    const all = rows<[string]>(this.world.now.dataDir, "SELECT text FROM fault");
    return all.filter(([text]) => text === words).length;
  }

  /** The pack that is the whole map, as the server offers it now. */
  async wholeMap(): Promise<PackManifest> {
    const { packs } = (await (await fetch(`${this.world.now.url}/api/v1/packs`)).json()) as PackList;
    const all = packs.find(({ id }) => id === "all");
    if (!all) throw new Error("the demo has no whole map");
    return all;
  }
}

const isPlain = (how: How): boolean => Object.keys(how).length === 0;

export async function inHand(tab: Tab): Promise<void> {
  await tab.run(`navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ||
    new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }))).then(() => true)`);
}

/** Waits until this expression is true in the page. */
export async function holds(tab: Tab, what: string, expression: string, ms = PATIENCE_MS): Promise<void> {
  await until(what, () => tab.run<boolean>(`Promise.resolve(${expression}).then(Boolean)`).catch(() => false), ms);
}

/** Waits until the map stands drawn from these archives ("all", "overview", "" for none). */
export const mapStands = (tab: Tab, archives: string): Promise<void> =>
  holds(tab, `the map with ${archives}`, `document.querySelector('[data-map-drawn="${archives}"]')`);

interface Needs {
  /** What a browser has to be able to do for this trouble to be made. */
  readonly needs?: readonly (keyof Can)[];
}
export type Trouble = (name: string, needs: Needs, work: (it: Ground) => Promise<void>) => void;

function said(trouble: string, browser: string, how: string): void {
  const to = process.env[SAID_TO];
  if (to) appendFileSync(to, `${JSON.stringify({ trouble, browser, how })}\n`);
}

/** Tells each of these troubles once for every browser that is here; after each the phone is asked whether what it says is true. */
export function inEveryBrowser(tell: (trouble: Trouble) => void): void {
  beforeAll(async () => {
    world = await begin();
  });
  afterAll(end);
  describe.each(BROWSERS.map((browser) => [browser.name, browser] as const))("%s", (_, browser) => {
    const missing = browser.missing();
    let ground: Ground;
    beforeAll(async () => {
      if (missing) return;
      ground = new Ground(browser, world as World);
      await ground.gate.start();
    });
    afterAll(async () => {
      await ground?.off();
      await ground?.gate.stop();
    });
    tell((name, { needs = [] }, work) => {
      test(name, async (context) => {
        const not = missing ?? needs.map((one) => browser.can[one]).find((can) => can !== true);
        if (typeof not === "string") {
          said(name, browser.name, `not here: ${not}`);
          context.skip(not);
        }
        try {
          await work(ground);
          await ground.gate.reset();
          await ground.honest();
          said(name, browser.name, "held");
        } catch (error) {
          await ground.off();
          said(name, browser.name, `fell: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
          throw error;
        } finally {
          await ground.gate.reset();
        }
      });
    });
  });
}
