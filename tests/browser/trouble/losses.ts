/** What a phone kept, and the browser took away. */
import { expect } from "vitest";
import { until } from "../server.ts";
import { EMPTY_CACHES, EMPTY_DATABASES, EMPTY_OPFS } from "./disk.ts";
import { BENCH, inHand, mapStands, type Trouble } from "./ground.ts";
import { READY } from "./truth.ts";

export function losses(trouble: Trouble): void {
  trouble("its caches are emptied: without net it says what happened, with net all is there again", {}, async (it) => {
    const tab = await it.walker();
    await tab.run(EMPTY_CACHES);
    await it.gate.stop();
    await tab.goto("/");
    await tab.sees("Mødesteder kan ikke åbnes lige nu");
    await it.gate.start();
    await tab.tap("link", "Prøv igen");
    await tab.sees(BENCH);
    await tab.tap("link", "Gemt");
    await tab.sees(READY);
    expect(await it.honest(tab)).toBe(true);
  });

  trouble(
    "its databases are emptied and the shell stays: it says so, without net and with, and offers the map again",
    {},
    async (it) => {
      const all = await it.wholeMap();
      await (await it.walker()).run(EMPTY_DATABASES);
      await it.gate.stop();
      const { tab } = it;
      await tab.goto("/gemt");
      await tab.sees("Din telefon har slettet det gemte");
      await tab.sees("Listen kommer igen, når der er net.");
      expect(await tab.words()).not.toContain(READY);
      await it.gate.start();
      await tab.reload();
      await tab.sees("Din telefon har slettet det gemte");
      await tab.sees(/Hent hele kortet/);
      // What no record speaks for lies there for nothing.
      await until("its pieces to be gone", async () => (await it.truth()).bytes < all.bytes);
    },
  );

  trouble(
    "its maps are swept away and the records stay: not ready, said, offered again",
    { needs: ["opfs", "coldStart"] },
    async (it) => {
      await (await it.walker()).run(EMPTY_OPFS);
      await it.gate.stop();
      const tab = await it.cold("/gemt");
      await tab.sees("Din telefon har slettet det gemte");
      expect(await tab.words()).not.toContain(READY);
      await it.gate.start();
      await tab.reload();
      await it.saveMap(tab);
    },
  );

  trouble(
    "its service worker is gone: a visit brings it back, and only then it is ready",
    { needs: ["coldStart", "map"] },
    async (it) => {
      const tab = await it.walker();
      it.gate.hold = /^\/sw\.js$/;
      await tab.run("navigator.serviceWorker.getRegistration().then((of) => of.unregister())");
      await tab.reload();
      await tab.sees("Kort på telefonen");
      expect(await tab.words()).not.toContain(READY);
      it.gate.letGo();
      await inHand(tab);
      await tab.reload();
      await tab.sees(READY);
      await it.gate.stop();
      await it.cold("/kort");
      await mapStands(it.tab, "all");
    },
  );
}
