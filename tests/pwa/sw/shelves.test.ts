import { beforeEach, expect, test } from "vitest";
import {
  activate,
  dropMap,
  find,
  install,
  keepMap,
  keepMedia,
  keepPage,
  mend,
  opens,
} from "../../../pwa/src/sw/shelves.ts";
import { Browser, build, html, serving } from "./memory.ts";

const one = build("one");
const two = build("two");
const three = build("three");
let browser: Browser;

beforeEach(() => {
  browser = new Browser(serving(one));
});

const deploy = async (lists: typeof one, but: string[] = []): Promise<void> => {
  browser.server = serving(lists, but);
  await install(lists, browser.world);
  await activate(lists, browser.world);
};

test("an install keeps the shell and, before any pack is saved, not the map", async () => {
  await deploy(one);
  expect(browser.paths("shell-one")).toEqual([...one.first, ...one.own, ...one.rest].sort());
  expect(browser.shelves.has("map-one")).toBe(false);
});

test("the page that is kept is the app alone, without the list of the day it was fetched", async () => {
  await deploy(one);
  const kept = await (await find(one, "/", browser.world))?.text();
  expect(kept).toContain("version one");
  expect(kept).not.toContain("list of the day");
});

/** A server whose page names the stylesheet of the municipality's colours; `css` false: it can not be had. */
function coloured(lists: typeof one, path: string, css = true): (asked: string) => Response | null {
  return (asked) => {
    if (asked === path) return css ? new Response("x", { headers: { "content-type": "text/css" } }) : null;
    if (asked !== "/hjaelp") return serving(lists)(asked);
    const page = `<html><link rel="stylesheet" href="${path}">${lists.first.join(" ")}</html>`;
    return new Response(page, { headers: { "content-type": "text/html" } });
  };
}

test("with the page its municipality's colours are kept, and never the page without them", async () => {
  await deploy(one);
  browser.server = coloured(one, "/farver/004b87-9fd0ff.css", false);
  await expect(keepPage(one, browser.world)).rejects.toThrow();
  expect(await (await find(one, "/", browser.world))?.text()).not.toContain("/farver/");
  browser.server = coloured(one, "/farver/004b87-9fd0ff.css");
  expect(await keepPage(one, browser.world)).toBe(true);
  expect(await (await find(one, "/", browser.world))?.text()).toContain("/farver/004b87-9fd0ff.css");
  expect(browser.paths("shell-one")).toContain("/farver/004b87-9fd0ff.css");
});

test("a page of the next build is not kept for its colours: that build brings its own", async () => {
  await deploy(one);
  browser.server = coloured(two, "/farver/004b87-9fd0ff.css");
  await expect(keepPage(one, browser.world)).rejects.toThrow("another build");
  expect(await (await find(one, "/", browser.world))?.text()).toContain("version one");
});

test("one missing file of the first row, and the new version does not install", async () => {
  browser.server = serving(one, ["/assets/index-one.js"]);
  await expect(install(one, browser.world)).rejects.toThrow("/assets/index-one.js");
});

test("without the code that writes, the new version does not install either", async () => {
  browser.server = serving(one, ["/assets/writing-one.js"]);
  await expect(install(one, browser.world)).rejects.toThrow("/assets/writing-one.js");
});

test("a missing icon or font is no reason not to install, and is fetched when it is there", async () => {
  await deploy(one, ["/icon.svg"]);
  expect(browser.paths("shell-one")).not.toContain("/icon.svg");
  browser.server = serving(one);
  expect(await mend(one, browser.world)).toBe(true);
  expect(browser.paths("shell-one")).toContain("/icon.svg");
});

test("a page of another build is not married to this build's files", async () => {
  browser.server = (path) => (path === "/hjaelp" ? html(two) : serving(one)(path));
  await expect(install(one, browser.world)).rejects.toThrow("another build");
});

test("nor when what was thrown away is fetched again after a deploy: it is missing, and nothing is ready", async () => {
  await deploy(one);
  browser.shelves.clear();
  browser.server = (path) => (path === "/hjaelp" ? html(two) : serving(one)(path));
  expect(await keepMap(one, browser.world)).toBe(false);
  expect(browser.paths("shell-one")).not.toContain("/");
});

test("a hotel's login page in place of a script is not kept", async () => {
  browser.server = (path) =>
    path === "/assets/index-one.js"
      ? new Response("<html>", { headers: { "content-type": "text/html" } })
      : serving(one)(path);
  await expect(install(one, browser.world)).rejects.toThrow();
});

test("once a pack is saved the next version brings its map before it waits", async () => {
  await deploy(one);
  expect(await keepMap(one, browser.world)).toBe(true);
  browser.server = serving(two);
  await install(two, browser.world);
  expect(browser.paths("map-two")).toEqual([...two.map].sort());
});

test("with the map cut off by the network the version before stays, three times at most", async () => {
  await deploy(one);
  await keepMap(one, browser.world);
  browser.server = (path) => (path.startsWith("/assets/map") ? null : serving(two)(path));
  await expect(install(two, browser.world)).rejects.toThrow("map");
  await expect(install(two, browser.world)).rejects.toThrow("map");
  await install(two, browser.world);
  browser.server = serving(two);
  expect(await mend(two, browser.world)).toBe(true);
  expect(browser.paths("map-two")).toEqual([...two.map].sort());
});

test("a map file that the server does not have keeps no version away", async () => {
  await deploy(one);
  await keepMap(one, browser.world);
  browser.server = serving(two, ["/assets/map-worker-two.js"]);
  await install(two, browser.world);
  expect(browser.paths("map-two")).toEqual(["/assets/map-two.js"]);
});

test("the version before stays one version longer, then goes", async () => {
  await deploy(one);
  await keepMap(one, browser.world);
  await deploy(two);
  expect((await find(two, "/assets/map-one.js", browser.world))?.status).toBe(200);
  await deploy(three);
  expect([...browser.shelves.keys()].filter((name) => /-/.test(name)).sort()).toEqual([
    "map-three",
    "map-two",
    "shell-three",
    "shell-two",
  ]);
});

test("on a full phone older editions go first: there is nothing else that makes room", async () => {
  await deploy(one);
  await deploy(two);
  browser.noRoom = (url) => url.endsWith("/versions");
  await deploy(three);
  expect([...browser.shelves.keys()].filter((name) => name.startsWith("shell")).sort()).toEqual([
    "shell-three",
    "shell-two",
  ]);
});

test("a phone that is too full to count its tries keeps no later version away", async () => {
  await deploy(one);
  await keepMap(one, browser.world);
  browser.noRoom = (url) => /map-two|tries/.test(url);
  browser.server = serving(two);
  await install(two, browser.world);
  expect(browser.paths("shell-two")).toEqual([...two.first, ...two.own, ...two.rest].sort());
});

test("a version that was installed and never in charge does not push out the one that was", async () => {
  await deploy(one);
  browser.server = serving(two);
  await install(two, browser.world);
  await deploy(three);
  expect([...browser.shelves.keys()].filter((name) => name.startsWith("shell")).sort()).toEqual([
    "shell-one",
    "shell-three",
  ]);
});

test("a file without a hash in its name is this build's, not the older one's", async () => {
  await deploy(one);
  await deploy(two);
  expect(await (await find(two, "/icon.svg", browser.world))?.text()).toBe("/icon.svg of two");
});

test("the map counts as kept only with the screens that lead to it", async () => {
  await deploy(one, ["/icon.svg"]);
  browser.server = serving(one, ["/assets/map-worker-one.js"]);
  expect(await keepMap(one, browser.world)).toBe(false);
  browser.server = serving(one, ["/icon.svg"]);
  await browser.world.caches.delete("shell-one");
  expect(await keepMap(one, browser.world)).toBe(false);
  browser.server = serving(one);
  expect(await keepMap(one, browser.world)).toBe(true);
  browser.server = () => null;
  expect(await keepMap(one, browser.world)).toBe(true);
});

test("a phone without room for the map's code says so, which is something else than no net", async () => {
  await deploy(one);
  browser.noRoom = (url) => url.endsWith("/assets/map-worker-one.js");
  expect(await keepMap(one, browser.world)).toBe("full");
  browser.noRoom = () => false;
  browser.server = () => null;
  expect(await keepMap(one, browser.world)).toBe(false);
});

test("the app opens without network only if every file of its first row can be read", async () => {
  await deploy(one, ["/icon.svg"]);
  expect(await opens(one, browser.world)).toBe(true);
  browser.readable = false;
  expect(await opens(one, browser.world)).toBe(false);
  browser.readable = true;
  browser.shelves.get("shell-one")?.entries.delete("https://m.test/assets/index-one.js");
  expect(await opens(one, browser.world)).toBe(false);
});

test("when the last pack goes the map's code goes too, and later versions leave it out", async () => {
  await deploy(one);
  await keepMap(one, browser.world);
  await dropMap(browser.world);
  await deploy(two);
  expect([...browser.shelves.keys()].some((name) => name.startsWith("map"))).toBe(false);
});

test("a picture is kept where it was shown, and a refusal is not", async () => {
  browser.server = (path) =>
    path === "/media/a-320.webp"
      ? new Response("picture", { headers: { "content-type": "image/webp" } })
      : new Response("no", { status: 404 });
  await keepMedia("/media/a-320.webp", browser.world);
  expect((await keepMedia("/media/b-320.webp", browser.world)).status).toBe(404);
  browser.server = () => null;
  expect(await (await keepMedia("/media/a-320.webp", browser.world)).text()).toBe("picture");
  expect(browser.paths("media")).toEqual(["/media/a-320.webp"]);
});

test("a picture that has come is shown, whatever the shelf of pictures says then", async () => {
  browser.server = () => new Response("picture", { headers: { "content-type": "image/webp" } });
  await browser.world.caches.open("media");
  const shelf = browser.shelves.get("media");
  if (shelf)
    shelf.keys = async () => {
      throw new TypeError("Failed reading data from the file system");
    };
  expect(await (await keepMedia("/media/a-320.webp", browser.world)).text()).toBe("picture");
});

test("without network the small picture stands in for the large one, if it is kept", async () => {
  browser.server = (path) => new Response(path, { headers: { "content-type": "image/webp" } });
  await keepMedia("/media/a-320.webp", browser.world);
  for (const down of [() => null, () => new Response("bad gateway", { status: 502 })]) {
    browser.server = down;
    expect(await (await keepMedia("/media/a-1280.webp", browser.world)).text()).toBe("/media/a-320.webp");
  }
  browser.server = () => null;
  await expect(keepMedia("/media/b-1280.webp", browser.world)).rejects.toThrow();
});
