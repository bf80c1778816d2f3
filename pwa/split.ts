/**
 * The look as two stylesheets, made in the build: `look/first.css` (the list and the frame around every screen) and `look/later.css`
 * (the other screens). Neither is a file on the disk; they come of tokens.css, parts.css and pages.css, and the order of rules stays.
 * A rule goes whole: to the first if all classes of one of its selectors are the first screen's.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Parts that the list and the frame around every screen use. */
const FIRST = new Set(
  `i num note-text lead vh ic hints page band ground stack skip net head tight head-line kind horizon far near find chips chip do
  tabs plate building spot route online mental list-head fresh rows row post name what has line go in thing open yes shut badge bad
  wait btn quiet plain wide small btns nav dunno t1 t2 t3 to-rows bare empty toast dialog more go-link welcome three`.split(
    /\s+/,
  ),
);

interface Block {
  readonly head: string;
  readonly body: string;
}

/** Top-level blocks of a stylesheet; comments are left out. */
function blocks(css: string): Block[] {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const found: Block[] = [];
  let start = 0;
  for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", start)) {
    let depth = 1;
    let end = at + 1;
    while (depth > 0 && end < text.length) {
      if (text[end] === "{") depth++;
      if (text[end] === "}") depth--;
      end++;
    }
    found.push({ head: text.slice(start, at).trim().replace(/\s+/g, " "), body: text.slice(at + 1, end - 1).trim() });
    start = end;
  }
  return found;
}

/** `head` is a selector list. A rule without a class (h1, :root, [data-theme]) is everybody's. */
function isFirst(head: string): boolean {
  const parts = head.split(",").map((selector) => [...selector.matchAll(/\.([\w-]+)/g)].map((m) => m[1] ?? ""));
  return parts.some((classes) => classes.every((c) => FIRST.has(c)));
}

const declarations = (body: string) =>
  body
    .split(";")
    .map((d) => d.trim().replace(/\s+/g, " "))
    .filter(Boolean);

type Halves = Record<"first" | "later", Block[]>;

/** `used`: the names of the values that some rule asks for. The map's colours (`--m-…`) stand in the tokens, and MapLibre has its own copy. */
function sort(all: readonly Block[], used: ReadonlySet<string>): Halves {
  const out: Halves = { first: [], later: [] };
  for (const block of all) {
    if (/^@(media|container|supports)/.test(block.head)) {
      // Without script the phone's wish decides; with it theme.js has set the theme before the first paint.
      const inner = sort(blocks(block.body), used);
      for (const name of ["first", "later"] as const) {
        if (inner[name].length > 0) out[name].push({ head: block.head, body: inner[name].map(show).join(" ") });
      }
    } else if (block.head.startsWith("@")) out.first.push(block);
    else {
      const body = declarations(block.body).filter((d) => !d.startsWith("--m-") || used.has(d.split(":")[0] ?? ""));
      if (body.length > 0)
        out[isFirst(block.head) ? "first" : "later"].push({ head: block.head, body: body.join("; ") });
    }
  }
  return out;
}

const show = (block: Block) =>
  `${block.head} { ${declarations(block.body.replace(/\n/g, " ")).join("; ")}; }`.replace("; ; }", "; }");

/** The two stylesheets. `read` gives the text of a file of the look. */
export function split(read: (name: string) => string): { first: string; later: string } {
  const css = ["tokens.css", "parts.css", "pages.css"].map(read);
  const used = new Set(css.flatMap((text) => [...text.matchAll(/var\((--[\w-]+)/g)].map((m) => m[1] ?? "")));
  const halves = sort(css.flatMap(blocks), used);
  const text = (rules: readonly Block[]) =>
    rules.map((r) => (r.head.startsWith("@") && r.body.includes("{") ? `${r.head} { ${r.body} }` : show(r))).join("\n");
  return { first: text(halves.first), later: text(halves.later) };
}

/** Gives the two to the build, and to the tests, where they are asked for by name. */
export function look(): Plugin {
  const folder = join(import.meta.dirname, "src/ui/look");
  return {
    name: "look",
    enforce: "pre",
    resolveId(source) {
      const half = source.match(/look\/(first|later)\.css$/)?.[1];
      return half ? join(folder, `${half}.css`) : null;
    },
    load(id) {
      const half = id.match(/look\/(first|later)\.css$/)?.[1] as "first" | "later" | undefined;
      if (!half) return null;
      return split((name) => {
        this.addWatchFile(join(folder, name));
        return readFileSync(join(folder, name), "utf8");
      })[half];
    },
  };
}
