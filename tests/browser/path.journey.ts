/** The path of a change, one place, from the verb to the screen. ARCHITECTURE.md prints these steps; a test holds it to them. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { Phone } from "./chromium.ts";
import { opens } from "./opens.ts";
import { words } from "./screens.ts";
import { command, emptyDir, openToAll, type Server, until } from "./server.ts";

const id = "0190f3a0-0000-7000-8000-00000000abcd";
const name = "Bænken ved Vejens Ende";
let dir: string;
let server: Server;
let phone: Phone;
let page: Page;
let before = "";
let seq = 0;
let etag = "";

interface PageOf {
  cursor: string;
  changes: { kind: string; id: string; v: string; body: { name: { da: string } } }[];
}

const op = (verb: string, args: object) =>
  JSON.stringify({
    id: crypto.randomUUID(),
    verb,
    at: "2026-03-03T12:00:00Z",
    subject: { kind: "place", id },
    base: null,
    args,
  });
const text = (da: string) => ({ da });
const step = (to: string) => op("move_state", { to, why: null, successor_id: null });

opens(
  async (it) => {
    ({ dir, server, phone } = it);
    page = await phone.open();
    await page.goto(server.url);
    await page.getByRole("navigation", { name: "Hovedmenu" }).waitFor();
    before = ((await (await fetch(`${server.url}/api/v1/sync/public`)).json()) as PageOf).cursor;
  },
  { data: () => openToAll(emptyDir()) },
);

describe("the path of a change", () => {
  test("1. verb: save_place and move_state, sent by the command line, are applied", () => {
    const five = {
      where: text("For enden af vejen."),
      amenities: text("En bænk."),
      ground: text("Græs."),
      purpose: text("En pause."),
      activities: text("Se på fuglene."),
    };
    const lines = [
      op("save_place", { set: { form: "spot", name: text(name), point: [11.87, 54.77], ...five } }),
      step("developing"),
      step("active"),
    ];
    const replies = command(dir, ["op", "-"], lines.join("\n"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(replies.map((reply) => reply.status)).toEqual(["applied", "applied", "applied"]);
    seq = replies[2].seq.public;
  });

  test("2. publish: the reply names the seq of the public scope", () => {
    expect(seq).toBe(Number(before.split(".")[1]) + 1);
  });

  test("3. feed: the page after the cursor before holds that place, with its v", async () => {
    const answer = await fetch(`${server.url}/api/v1/sync/public?since=${before}`);
    etag = answer.headers.get("etag") ?? "";
    const { changes } = (await answer.json()) as PageOf;
    expect(changes.map((change) => [change.kind, change.id, change.body.name.da])).toEqual([["place", id, name]]);
    expect(changes[0]?.v).toMatch(/^[0-9a-f]{8}$/);
  });

  test("4. page: asked again with its ETag it answers 304", async () => {
    const again = await fetch(`${server.url}/api/v1/sync/public?since=${before}`, {
      headers: { "If-None-Match": etag },
    });
    expect(again.status).toBe(304);
  });

  test("5. pull: the phone asks for the page by itself", async () => {
    const asked = page.waitForResponse(
      (answer) => answer.url().includes("/api/v1/sync/public") && answer.status() === 200,
    );
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await asked;
  });

  test("6. store: the place lies in the phone's own database", async () => {
    await until("the place in IndexedDB", () =>
      page.evaluate(async (wanted) => {
        for (const { name: database } of await indexedDB.databases()) {
          if (!database) continue;
          const open = await new Promise<IDBDatabase>((done, fail) => {
            const request = indexedDB.open(database);
            request.onsuccess = () => done(request.result);
            request.onerror = () => fail(request.error);
          });
          for (const store of open.objectStoreNames) {
            const all = await new Promise<unknown[]>((done) => {
              const request = open.transaction(store).objectStore(store).getAll();
              request.onsuccess = () => done(request.result);
              request.onerror = () => done([]);
            });
            if (JSON.stringify(all).includes(wanted)) {
              open.close();
              return true;
            }
          }
          open.close();
        }
        return false;
      }, id),
    );
  });

  test("7. signals and screen: the list shows it, and its page has its five descriptions", async () => {
    await page.getByRole("list", { name: "Mødesteder" }).getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    const shown = await words(page);
    for (const words of ["For enden af vejen.", "En bænk.", "Græs.", "En pause.", "Se på fuglene."])
      expect(shown).toContain(words);
  });
});
