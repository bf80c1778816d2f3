/** A phone that gives no room, or little, or may take it back. */
import { expect } from "vitest";
import { until } from "../server.ts";
import { holds, type Trouble } from "./ground.ts";
import { begin } from "./report.ts";
import { READY } from "./truth.ts";

export function room(trouble: Trouble): void {
  trouble(
    "no room at all: the list runs from memory, says so, and loses no report in silence",
    { needs: ["quota"] },
    async (it) => {
      const words = `Lågen hænger, siger ${it.browser.name}`;
      const tab = await it.newcomer({ quota: 0 });
      await tab.sees("Telefonen er fuld");
      await begin(tab, words);
      await holds(
        tab,
        "the code that writes",
        `performance.getEntriesByType("resource").some(({ name }) => /writing-/.test(name))`,
      );
      // What is sent from here on has nowhere to lie but the memory.
      await it.gate.stop();
      await tab.tap("button", "Meld fejlen");
      await tab.sees("Telefonen kan ikke gemme det her");
      await tab.sees("Gem det som en fil");
      await it.gate.start();
      await tab.run(`dispatchEvent(new Event("focus"))`);
      await until("the report to land", () => it.landed(words) > 0);
      expect(it.landed(words)).toBe(1);
    },
  );

  trouble(
    "2 MB of room: the list works, a report lands, the map is refused in words and leaves no byte",
    { needs: ["quota"] },
    async (it) => {
      const tab = await it.newcomer({ quota: 2_000_000 });
      await tab.tap("link", "Gemt");
      await tab.tap("button", /^Hent hele kortet/);
      await tab.sees("Der er ikke plads til hele kortet");
      expect(await tab.words()).not.toContain(READY);
      expect((await it.truth()).bytes).toBe(0);
      // Where the shell alone has taken the 2 MB it goes from memory; where there is room left, from the disk.
      const words = `Lågen er åben, siger ${it.browser.name}`;
      await begin(tab, words);
      await tab.tap("button", "Meld fejlen");
      await until("the report to land", () => it.landed(words) > 0);
      expect(it.landed(words)).toBe(1);
    },
  );

  trouble("the browser promises nothing: it is said before the map is fetched", { needs: ["opfs"] }, async (it) => {
    it.gate.before = `if (globalThis.StorageManager) StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false`;
    const tab = await it.newcomer();
    await tab.tap("link", "Gemt");
    await tab.sees(/Hent hele kortet/);
    await tab.sees(/Telefonen kan slette det, hvis den mangler plads\. Hent hele kortet/);
  });
}
