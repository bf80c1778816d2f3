import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { split } from "../../../pwa/split.ts";
import { paths } from "../../../pwa/src/ui/paths.ts";
import { laterPaths } from "../../../pwa/src/ui/paths-later.ts";
import { pieces } from "../../../pwa/src/ui/prose.tsx";

const look = "pwa/src/ui/look";
const read = (name: string) => readFileSync(`${look}/${name}`, "utf8");

test("first.css and later.css are made from the look as it stands: node pwa/src/ui/look/split.mjs", () => {
  const made = split(read);
  expect(read("first.css")).toBe(made.first);
  expect(read("later.css")).toBe(made.later);
});

test("no declaration of a part that is built is lost in the splitting", () => {
  const shipped = `${read("first.css")}${read("later.css")}`.replace(/\s+/g, "");
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
    readdirSync(`pwa/src/${room}`)
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
