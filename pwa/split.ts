/**
 * Ships only what is used, and the first screen's part first: `node pwa/src/ui/look/split.mjs` reads tokens.css, parts.css and
 * pages.css (which stay as the look has them) and writes first.css (the list) and later.css (the other screens).
 * A rule goes whole: to the first file if any of its classes is the first screen's, to none if all are of screens that are not
 * built yet. The order of rules inside a file is that of the look. tests/pwa/ui/split.test.ts keeps the two files current.
 */
/** Parts that the list and the frame around every screen use. */
const FIRST = new Set(
  `i num note-text lead vh ic hints page band ground stack wrap skip net head tight head-line kind horizon far near find chips chip do
  tabs full plate building spot route online mental list-head fresh rows row post name what has line go in thing open yes shut badge
  bad wait btn quiet plain wide small btns nav dunno t0 t1 t2 t3 to-rows bare empty toast dialog more go-link welcome three grow apart`.split(
    /\s+/,
  ),
);
/** Parts of screens that later issues build. `pN` is for pages without script; the app sets `--p` itself. */
const NOT_YET =
  /^(walk|turn|huge|less|off|foot|tall|tall-only|tally|tally-dock|key|keys|numbers|reading|count|dunno-key|leaf|event|events|ev-head|year|season|bar-n|winter|spring|summer|autumn|wheel|hold|stop-row|measure|ask|big-num|door-in|plate-page|marker-plate|answer|switch|there|you|over|off-left|off-keys|p\d+)$/;

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

type Where = "first" | "later" | "none";

/** `head` is a selector list. A rule without a class (h1, :root, [data-theme]) is everybody's. */
function whereOf(head: string): Where {
  const parts = head.split(",").map((selector) => [...selector.matchAll(/\.([\w-]+)/g)].map((m) => m[1] ?? ""));
  if (parts.some((classes) => classes.every((c) => FIRST.has(c)))) return "first";
  return parts.every((classes) => classes.some((c) => NOT_YET.test(c))) ? "none" : "later";
}

const declarations = (body: string) =>
  body
    .split(";")
    .map((d) => d.trim().replace(/\s+/g, " "))
    .filter(Boolean);

/** The map's colours (`--m-…`) are wanted when the map is. */
function ofMap(rule: Block, map: boolean): Block {
  const kept = declarations(rule.body).filter((d) => d.startsWith("--m-") === map);
  return { head: rule.head, body: kept.join("; ") };
}

function sort(all: readonly Block[]): Record<"first" | "later", Block[]> {
  const out: Record<"first" | "later", Block[]> = { first: [], later: [] };
  for (const block of all) {
    if (/^@(media|container|supports)/.test(block.head)) {
      // Without script the server's own page is read, with a stylesheet of its own: theme.js has set the theme here.
      if (block.body.startsWith(":root:not([data-theme])")) continue;
      const inner = sort(blocks(block.body));
      for (const name of ["first", "later"] as const) {
        if (inner[name].length > 0) out[name].push({ head: block.head, body: inner[name].map(show).join(" ") });
      }
    } else if (block.head.startsWith("@page")) {
      // Paper belongs to the marker plates.
    } else if (block.head.startsWith("@")) {
      out.first.push(block);
    } else {
      const where = whereOf(block.head);
      if (where === "none") continue;
      if (!block.body.includes("--m-") || where === "later") {
        out[where].push(block);
        continue;
      }
      const plain = ofMap(block, false);
      if (plain.body) out.first.push(plain);
      if (/^(:root|\[data-theme)/.test(block.head)) out.later.push(ofMap(block, true));
    }
  }
  return out;
}

const show = (block: Block) =>
  `${block.head} { ${declarations(block.body.replace(/\n/g, " ")).join("; ")}; }`.replace("; ; }", "; }");

/** The two stylesheets, made of the look's own. `read` gives the text of a file of this folder. */
export function split(read: (name: string) => string): { first: string; later: string } {
  const all = ["tokens.css", "parts.css", "pages.css"].flatMap((name) => blocks(read(name)));
  const { first, later } = sort(all);
  const note = "/* Made by split.mjs from tokens.css, parts.css and pages.css: change those. */\n";
  const text = (rules: Block[]) =>
    note +
    rules
      .map((r) => (r.head.startsWith("@") && r.body.includes("{") ? `${r.head} { ${r.body} }` : show(r)))
      .join("\n") +
    "\n";
  return { first: text(first), later: text(later) };
}
