import { beforeEach, expect, test } from "vitest";
import { answer } from "../../../pwa/src/sw/answer.ts";
import { activate, install } from "../../../pwa/src/sw/shelves.ts";
import { Browser, build, serving } from "./memory.ts";

const lists = build("one");
let browser: Browser;

beforeEach(async () => {
  browser = new Browser(serving(lists));
  await install(lists, browser.world);
  await activate(lists, browser.world);
  browser.asked.length = 0;
});

/** Node's Request knows no mode "navigate"; the worker only reads these three. */
const asks = (path: string, mode = "no-cors", method = "GET"): Request =>
  ({ url: path.startsWith("http") ? path : `https://m.test${path}`, mode, method }) as Request;
const said = async (request: Request): Promise<string> => (await answer(request, lists, browser.world))?.text() ?? "";

const APP = [
  "/",
  "/?source=app",
  "/kort",
  "/steder/baenken",
  "/steder/baenken/fejl",
  "/ruter/fjordstien",
  "/ting/0198-a",
  "/det-sker",
  "/gemt",
  "/meldt",
  "/hjaelp",
  "/om",
];
for (const path of APP)
  test(`${path} is answered by the shell without a request`, async () => {
    browser.server = () => null;
    expect(await said(asks(path, "navigate"))).toContain("version one");
    expect(browser.asked).toEqual([]);
  });

test("where what is kept can not be read at all, page, file and picture come from the server; without net the page says so", async () => {
  browser.readable = false;
  const served = serving(lists);
  browser.server = (path) =>
    path.startsWith("/media/") ? new Response("picture", { headers: { "content-type": "image/webp" } }) : served(path);
  expect(await said(asks("/hjaelp", "navigate"))).toContain("version one");
  const [, script = ""] = lists.first;
  expect((await answer(asks(script), lists, browser.world))?.status).toBe(200);
  expect(await said(asks("/media/a-320.webp"))).toBe("picture");
  browser.server = () => null;
  expect(await said(asks("/hjaelp", "navigate"))).toContain("kan ikke åbnes");
});

test("no page is kept under its own address", async () => {
  await said(asks("/steder/baenken", "navigate"));
  expect([...browser.shelves.values()].flatMap((shelf) => [...shelf.entries.keys()])).not.toContain(
    "https://m.test/steder/baenken",
  );
});

for (const path of [
  "/api/v1/sync/public",
  "/api/v1/packs",
  "/packs/aa.pmtiles",
  "/live",
  "/ready",
  "/metrics",
  "/feeds/a.ics",
])
  test(`${path} goes its way as if there were no worker`, () => {
    expect(answer(asks(path), lists, browser.world)).toBe(null);
    expect(answer(asks(path, "navigate"), lists, browser.world)).toBe(null);
  });

test("what is sent, and what is another host's, goes its way", () => {
  expect(answer(asks("/api/v1/ops", "cors", "POST"), lists, browser.world)).toBe(null);
  expect(answer(asks("https://elsewhere.test/x.js"), lists, browser.world)).toBe(null);
});

test("a page of the server's own comes from there, and the shell stands in where it can not", async () => {
  browser.server = () => new Response("the sign's page");
  expect(await said(asks("/m/K7QD2", "navigate"))).toBe("the sign's page");
  browser.server = () => new Response("bad gateway", { status: 502 });
  expect(await said(asks("/m/K7QD2", "navigate"))).toContain("version one");
  browser.server = () => null;
  expect(await said(asks("/m/K7QD2", "navigate"))).toContain("version one");
});

test("with everything deleted and a proxy in front of nothing the page says what happened, in Danish", async () => {
  browser.shelves.clear();
  browser.server = () => new Response("bad gateway", { status: 502 });
  const response = await answer(asks("/", "navigate"), lists, browser.world);
  expect(response?.status).toBe(503);
  expect(await response?.text()).toContain("Din telefon har slettet det gemte");
});

test("as the app's page is given out, and with no other answer, the phone's own data is made ready", async () => {
  const pages: string[] = [];
  const world = { ...browser.world, starting: (path: string) => void pages.push(path) };
  await answer(asks("/assets/index-one.js"), lists, world);
  expect(pages).toEqual([]);
  await answer(asks("/kort", "navigate"), lists, world);
  expect(pages).toEqual(["/kort"]);
});

test("a kept file is answered from the phone, any other is asked for", async () => {
  expect(await said(asks("/assets/index-one.js"))).toBe("/assets/index-one.js of one");
  expect(browser.asked).toEqual([]);
  expect(await said(asks("/assets/map-one.js"))).toBe("/assets/map-one.js of one");
  expect(browser.asked).toEqual(["/assets/map-one.js"]);
});
