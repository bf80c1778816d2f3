import { beforeEach, expect, test } from "vitest";
import { answer } from "../../../pwa/src/sw/answer.ts";
import { activate, install } from "../../../pwa/src/sw/shelves.ts";
import { Browser, build, serving } from "./memory.ts";

const lists = build("one");
let browser: Browser;
let edition = "one";

beforeEach(async () => {
  edition = "one";
  const app = serving(lists);
  browser = new Browser((path) => {
    if (/^\/(desk|login|invite)/.test(path)) return html(`the desk, edition ${edition}`);
    if (path.startsWith("/assets/desk-")) return new Response(path, { headers: { "content-type": "text/javascript" } });
    return app(path);
  });
  await install(lists, browser.world);
  await activate(lists, browser.world);
  browser.asked.length = 0;
});

const html = (words: string) => new Response(words, { headers: { "content-type": "text/html" } });
const asks = (path: string, mode = "navigate"): Request =>
  ({ url: `https://m.test${path}`, mode, method: "GET" }) as Request;
const said = async (path: string, mode?: string) => (await answer(asks(path, mode), lists, browser.world))?.text();

test("the desk is asked for each time, and without network it is as it last came, at any of its addresses", async () => {
  expect(await said("/desk")).toBe("the desk, edition one");
  edition = "two";
  expect(await said("/desk/steder/p1")).toBe("the desk, edition two");
  browser.server = () => null;
  expect(await said("/desk/fejl")).toBe("the desk, edition two");
  expect(await said("/login")).toBe("the desk, edition two");
});

test("its files are asked for once", async () => {
  await said("/assets/desk-main-a1.js", "cors");
  browser.server = () => null;
  expect(await said("/assets/desk-main-a1.js", "cors")).toBe("/assets/desk-main-a1.js");
  expect(browser.asked).toEqual(["/assets/desk-main-a1.js"]);
});

test("a desk that was never opened here has nothing to show without network, and says so", async () => {
  browser.server = () => null;
  expect(await said("/desk")).toContain("kan ikke åbnes");
});

test("a server that is down is no reason to lose the desk", async () => {
  await said("/desk");
  browser.server = () => new Response("Bad gateway", { status: 502 });
  expect(await said("/desk")).toBe("the desk, edition one");
});

test("a computer without room keeps nothing, and the desk works", async () => {
  browser.noRoom = (url) => url.includes("/desk");
  expect(await said("/desk")).toBe("the desk, edition one");
});

test("old files go in the end", async () => {
  for (let nr = 0; nr < 130; nr++) await said(`/assets/desk-file-${nr}.js`, "cors");
  await said("/desk");
  const kept = [...(browser.shelves.get("desk")?.entries.keys() ?? [])];
  expect(kept).toHaveLength(121);
  expect(kept).not.toContain("https://m.test/assets/desk-file-0.js");
});

test("a new edition of the app leaves the desk where it is", async () => {
  await said("/desk");
  const next = build("two");
  browser.server = serving(next);
  await install(next, browser.world);
  await activate(next, browser.world);
  expect([...browser.shelves.keys()]).toContain("desk");
});
