import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { split } from "../../../pwa/split.ts";
import { landOf } from "../../../pwa/src/ui/horizon.tsx";
import { paths } from "../../../pwa/src/ui/paths.ts";
import { laterPaths } from "../../../pwa/src/ui/paths-later.ts";
import { pieces } from "../../../pwa/src/ui/prose.tsx";

const look = "pwa/src/ui/look";
const read = (name: string) => readFileSync(`${look}/${name}`, "utf8");

test("what the first screen wears comes first, what a route wears comes later, and the map's colours come not at all", () => {
  const { first, later } = split(read);
  expect(first).toContain(".row .name {");
  expect(first).not.toContain(".way-strip .above {");
  expect(later).toContain(".way-strip .line {");
  expect(`${first}${later}`).not.toContain("--m-stream");
});

test("the line between rows is thick in the strong themes alone", () => {
  const lines = split(read)
    .first.split("\n")
    .filter((rule) => rule.includes(".rows > li {"));
  expect(lines).toEqual([
    ".rows > li { border-bottom: 1px solid var(--hair); }",
    '[data-theme^="contrast"] .rows > li { border-bottom-width: var(--edge); }',
  ]);
});

test("every part that is shipped is worn by somebody", () => {
  const worn = ["src/screens", "src/ui", "src/shell", "src/map"]
    .flatMap((room) =>
      readdirSync(`pwa/${room}`, { recursive: true, encoding: "utf8" }).map((name) => `pwa/${room}/${name}`),
    )
    .concat(readdirSync("server/web/plain").map((name) => `server/web/plain/${name}`))
    .filter((name) => /\.(tsx?|html)$/.test(name))
    .map((name) => readFileSync(name, "utf8"))
    .join("\n");
  const parts = ["parts.css", "pages.css", "own.css", "own-later.css", "happens.css"]
    .map(read)
    .join("\n")
    .replace(/\/\*[\s\S]*?\*\//g, "");
  const names = new Set(
    [...parts.matchAll(/([^{}]+)\{/g)].flatMap(([, head]) =>
      [...(head ?? "").matchAll(/\.([a-z][\w-]*)/g)].map((m) => m[1]),
    ),
  );
  // s-firm and its like are put together from the surface; maplibregl's are MapLibre's.
  const made = /^(s-|maplibregl)/;
  expect(
    [...names].filter((name) => name && !made.test(name) && !new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(worn)),
  ).toEqual([]);
});

test("a municipality's own horizon has both its paths", () => {
  for (const file of readdirSync(`${look}/horizon`)) {
    const { far, near } = landOf(read(`horizon/${file}`));
    expect(read(`horizon/${file}`)).toContain(`d="${far}"`);
    expect(read(`horizon/${file}`)).toContain(`d="${near}"`);
  }
});

test("no declaration of a part that is built is lost in the splitting", () => {
  const shipped = Object.values(split(read)).join("").replace(/\s+/g, "");
  for (const rule of [
    ".row.far{font:var(--w-head)",
    ".five>div{padding:var(--s4)0",
    ".way-strip.line{display:flex",
    ".call.sos{background:var(--bad)",
    ".furrow>i{position:absolute",
    "@containerpage(max-width:17.5em)",
    "@media(forced-colors:active)",
    '[data-theme="contrast-dark"]{color-scheme:dark',
  ]) {
    expect(shipped).toContain(rule.replace(/\s+/g, ""));
  }
});

test("every drawing is the look's own", () => {
  for (const [name, path] of Object.entries({ ...paths, ...laterPaths })) {
    expect(read(`icons/${name}.svg`)).toContain(`d="${path}"`);
  }
});

test("nothing in the app carries a style attribute, which the CSP would refuse", () => {
  const files = ["ui", "screens", "shell"].flatMap((room) =>
    readdirSync(`pwa/src/${room}`, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tsx"))
      .map((name) => `pwa/src/${room}/${name}`),
  );
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) expect(readFileSync(file, "utf8"), file).not.toMatch(/\sstyle=/);
  expect(readFileSync("pwa/index.html", "utf8")).not.toMatch(/\sstyle=|<script>(?!<)|<style/);
});

test("every icon of the manifest is there, and so is the favicon", () => {
  const manifest = JSON.parse(readFileSync("pwa/public/manifest.webmanifest", "utf8")) as { icons: { src: string }[] };
  for (const { src } of manifest.icons) expect(readFileSync(`pwa/public${src}`).length).toBeGreaterThan(100);
  expect(readFileSync("pwa/public/favicon.ico").length).toBeGreaterThan(100);
});

test("numbered lines of a text stand together as steps, the others as sentences", () => {
  expect(pieces("1. Sid ned.\n2. Rejs dig.\nDet må gerne spænde.")).toEqual([
    { steps: true, lines: ["Sid ned.", "Rejs dig."] },
    { steps: false, lines: ["Det må gerne spænde."] },
  ]);
});
