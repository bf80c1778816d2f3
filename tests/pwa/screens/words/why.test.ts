// Every answer that the protocol knows has words in every language: what happened, what is kept, what to do.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { OutboxItem } from "../../../../pwa/src/store/signals.ts";
import { outbox as own } from "../../../../pwa/src/text/da/outbox.ts";
import { later } from "../../../../pwa/src/text/da-later.ts";
import { add, LANGS, type Lang, maybe, use } from "../../../../pwa/src/text/t.ts";

const PROTOCOL = readFileSync("sync/PROTOCOL.md", "utf8");

function codes(table: "refusals" | "laters"): string[] {
  const [, rows = ""] = new RegExp(`<!-- ${table} -->\\n([\\s\\S]*?)<!-- /${table} -->`).exec(PROTOCOL) ?? [];
  return [...rows.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code ?? "");
}

const refusals = codes("refusals");
const laters = codes("laters");
const NOW = Date.parse("2026-03-03T12:00:00Z");

function item(more: Partial<OutboxItem>): OutboxItem {
  return {
    id: "1",
    verb: "report_fault",
    subject: { kind: "place", id: "p1" },
    args: { what: "broken", text: "" },
    at: "2026-03-03T08:12:00Z",
    state: "refused",
    offered: true,
    notBefore: 0,
    settledAt: NOW,
    ...more,
  };
}

// As a phone with network: without it all that is said of a waiting one is that it waits for that.
vi.mock("../../../../pwa/src/store/signals.ts", async (own) => ({ ...(await own<object>()), online: { value: true } }));

const words = () => import("../../../../pwa/src/screens/words/why.ts");

beforeAll(() => {
  vi.useFakeTimers({ now: NOW, toFake: ["Date"] });
  add({ ...later, ...own });
});
afterAll(async () => {
  vi.useRealTimers();
  await use("da");
});

test("the tables are read: every code of the wire, and no other", () => {
  expect(refusals).toEqual(expect.arrayContaining(["bad_line", "gone", "too_long", "conflict"]));
  expect(laters).toEqual(expect.arrayContaining(["busy", "blocked", "rate_limited", "full"]));
});

describe.each(LANGS)("%s", (lang: Lang) => {
  beforeAll(() => use(lang));

  test.each(refusals)("refused, %s: what happened, what is kept, what to do", async (code) => {
    const { tellOf } = await words();
    expect(maybe(`why.${code}`), `why.${code}`).toBeTruthy();
    expect(maybe(`do.${code}`), `do.${code}`).toBeTruthy();
    const { happened, kept, todo } = tellOf(item({ code, detail: "Serverens egne ord." }));
    for (const text of [happened, kept, todo]) {
      expect(text).toMatch(/^\p{Lu}.*\.$/u);
      expect(text).not.toMatch(/[{}|]|undefined|Serverens/);
    }
    expect(happened).not.toBe(maybe("why.other"));
  });

  test.each(laters)("put off, %s: what happened, what is kept, what to do", async (code) => {
    const { tellOf } = await words();
    expect(maybe(`why.${code}`), `why.${code}`).toBeTruthy();
    expect(maybe(`do.${code}`), `do.${code}`).toBeTruthy();
    const { happened, kept, todo } = tellOf(
      item({ state: "waiting", code, notBefore: NOW + 600_000, settledAt: null }),
    );
    for (const text of [happened, kept, todo]) {
      expect(text).toMatch(/^\p{Lu}.*\.$/u);
      expect(text).not.toMatch(/[{}|]|undefined/);
    }
    expect(happened).not.toBe(maybe("why.later"));
  });

  test("no two codes say the same", () => {
    const all = [...refusals, ...laters].map((code) => maybe(`why.${code}`));
    expect(new Set(all).size).toBe(all.length);
  });

  test("a code of a later server falls back on its own words, else on ours", async () => {
    const { tellOf } = await words();
    expect(tellOf(item({ code: "brand_new", detail: "Kun om sommeren." })).happened).toBe("Kun om sommeren.");
    expect(tellOf(item({ code: "brand_new" })).happened).toBe(maybe("why.other"));
    expect(tellOf(item({ code: "brand_new" })).todo).toBe(maybe("do.other"));
  });
});

describe("in Danish", () => {
  beforeAll(() => use("da"));

  test("what is gone is told by its name and its date", async () => {
    const { tellOf } = await words();
    expect(tellOf(item({ code: "gone", name: "Bænken ved åen", on: "2026-03-01" })).happened).toBe(
      "Bænken ved åen findes ikke mere. Det lukkede 1.\u00a0marts 2026.",
    );
    expect(tellOf(item({ code: "gone", name: "Bænken ved åen" })).happened).toBe("Bænken ved åen findes ikke mere.");
    expect(tellOf(item({ code: "gone" })).happened).toBe("Det findes ikke mere.");
  });

  test("when it is tried again stands there, but for one that waits for another", async () => {
    const { tellOf } = await words();
    const off = (code: string, ms: number) => tellOf(item({ state: "waiting", code, notBefore: NOW + ms }));
    expect(off("busy", 10 * 60_000).todo).toMatch(/^Vi prøver igen i dag kl\./);
    expect(off("busy", 20_000).todo).toMatch(/^Vi prøver igen om lidt\./);
    expect(off("blocked", 600_000).todo).not.toContain("Vi prøver igen");
  });

  test("sent again as it is only where that can help, and to another place where the place is what is wrong", async () => {
    const { mayGoAgain, needsElsewhere } = await words();
    const again = refusals.filter((code) => mayGoAgain(item({ code })));
    expect(again).toEqual([
      "id_reused",
      "too_many",
      "forbidden",
      "not_ready",
      "in_use",
      "bad_step",
      "conflict",
      "login_again",
    ]);
    expect(refusals.filter((code) => needsElsewhere(item({ code })))).toEqual(["unknown_subject", "gone"]);
    expect(needsElsewhere(item({ code: "gone", state: "applied" }))).toBe(false);
  });
});
