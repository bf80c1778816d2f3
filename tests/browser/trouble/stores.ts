/** A database that goes away under the app, or is of another edition. */
import { expect } from "vitest";
import { until } from "../server.ts";
import { CLOSE_CONNECTIONS, EMPTY_DATABASES, HOLD_CONNECTIONS } from "./disk.ts";
import { BENCH, holds, type Trouble } from "./ground.ts";
import { outbox, report } from "./report.ts";
import { READY } from "./truth.ts";

/** A page of the origin without the app. (What is JSON, Firefox shows on a page of its own.) */
const PLAIN = "/theme.js";

/** As the first edition made them, with a report that waits, words that are being written, and a list of one place. */
const FIRST_EDITION = `(async () => {
  const make = (name, stores) => new Promise((done, failed) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => { for (const [store, keyPath] of stores) asked.result.createObjectStore(store, keyPath ? { keyPath } : {}); };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const put = (db, store, value, ...key) => new Promise((done, failed) => {
    const tx = db.transaction(store, "readwrite");
    tx.objectStore(store).put(value, ...key);
    tx.oncomplete = done;
    tx.onerror = () => failed(tx.error);
  });
  const own = await make("own", [["outbox", "id"], ["drafts"], ["settings"], ["packs", "id"], ["pieces"]]);
  const id = crypto.randomUUID();
  const subject = { kind: "place", id: "PLACE" };
  const op = { id, verb: "report_fault", at: "2026-11-20T00:00:00Z", subject, base: null, args: { what: "litter", text: "WORDS", photos: [] } };
  await put(own, "outbox", { id, line: JSON.stringify(op), made_at: "2026-11-20T10:00:00Z", verb: op.verb, subject, credential: "none", order: 1, state: "waiting", delays: 0, offered: false, not_before: 0, reply: null, epoch: null, settled_at: null });
  await put(own, "drafts", { what: "other", text: "Halvt skrevet" }, "place/PLACE");
  await put(own, "settings", 0, "clock_offset");
  own.close();
  const feed = await make("feed", [["things", ["gen", "scope", "kind", "id"]], ["kept"]]);
  await put(feed, "things", { gen: 1, scope: "public", kind: "place", id: "PLACE", v: "00000000", body: BODY });
  const generation = { gen: 1, cursor: "old.1", digest: 0, read_at: Date.now(), reload: false };
  await put(feed, "kept", { shown: generation, fresh: null, next: 2, reread_at: null, differs: false }, "public");
  feed.close();
  return true;
})()`;

export function stores(trouble: Trouble): void {
  trouble("its databases are closed under it: a report is neither lost nor doubled", {}, async (it) => {
    it.gate.before = HOLD_CONNECTIONS;
    const tab = await it.newcomer();
    expect(await tab.run(CLOSE_CONNECTIONS)).toBeGreaterThan(1);
    const words = `Bordet er skævt, siger ${it.browser.name}`;
    await report(tab, words);
    await tab.run(CLOSE_CONNECTIONS);
    await tab.reload();
    await tab.sees("Gemt");
    expect(await outbox(tab)).toEqual([words]);
    expect(await tab.words()).not.toMatch(/Telefonen (er fuld|vil ikke gemme)/);
    await until("the report to land", () => it.landed(words) > 0);
    expect(it.landed(words)).toBe(1);
  });

  trouble(
    "another tab deletes its databases: what is on screen stays, and what is written then is kept",
    {},
    async (it) => {
      const tab = await it.walker();
      const other = await it.other(PLAIN);
      await other.run(EMPTY_DATABASES);
      await report(tab, "Bænken er våd.");
      expect(await outbox(tab)).toEqual(["Bænken er våd."]);
      await tab.goto("/gemt");
      await tab.sees(/Hent hele kortet/);
      expect(await tab.words()).not.toContain(READY);
    },
  );

  trouble(
    "a newer edition takes its database: it lets go at once, and what is written then is kept",
    {},
    async (it) => {
      const tab = await it.newcomer();
      const other = await it.other(PLAIN);
      await other.run(`new Promise((done, failed) => {
      const asked = indexedDB.open("own", 7);
      asked.onupgradeneeded = () => asked.result.createObjectStore("later");
      asked.onsuccess = () => done(true);
      asked.onerror = () => failed(asked.error);
    })`);
      await report(tab, "Stien er mudret.");
      await tab.goto("/gemt");
      expect(await outbox(tab)).toEqual(["Stien er mudret."]);
      expect(await tab.words()).not.toMatch(/Telefonen (er fuld|vil ikke gemme)/);
    },
  );

  trouble(
    "databases of the first edition: list, words and report are there, and the report is sent once",
    { needs: ["coldStart"] },
    async (it) => {
      const place = await it.bench();
      const words = `Flasker, set af ${it.browser.name}`;
      const tab = await it.blank(PLAIN);
      await tab.run(
        FIRST_EDITION.replaceAll("PLACE", place.id).replace("BODY", JSON.stringify(place)).replace("WORDS", words),
      );
      await tab.goto("/");
      await tab.sees(BENCH);
      await until("the report to land", () => it.landed(words) > 0);
      expect(it.landed(words)).toBe(1);
      await tab.goto(`/steder/${place.slug}/fejl`);
      await holds(tab, "the words that were begun", `document.querySelector("textarea")?.value === "Halvt skrevet"`);
    },
  );
}
