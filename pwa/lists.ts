// From the first build's manifest to the lists that the service worker carries, and the check that every listed file exists.
// Node alone; the browser never sees this file.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

export interface Lists {
  /** Changes when any listed byte does: the name of this build's caches. */
  version: string;
  /** All or nothing: without these no first row shows; the page names each. "/" stands for index.html. */
  first: string[];
  /** All or nothing too, though no first row waits for it: without it nothing could be written. */
  own: string[];
  /** Fetched one by one, each may fail: fonts, icons, screens opened later. */
  rest: string[];
  /** Code, fonts, icons, style of the map, fetched from the first saved pack on. */
  map: string[];
}

interface Chunk {
  file: string;
  src?: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  assets?: string[];
}
type Manifest = Record<string, Chunk>;

const MAP = "src/map/map.ts";
const WRITING = "src/store/writing.ts";
/** Entries that a citizen's phone has no use for. */
const NOT_KEPT = /^src\/desk\//;
/** As much of what is copied as it is: the page of a trial's link is the server's. */
const NOT_COPIED = /^\.|^proeve\.js$/;

/** Every chunk reached from `from`; dynamic imports too where `late`, but never past `stop`. */
function reach(manifest: Manifest, from: readonly string[], late: boolean, stop: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>();
  const walk = (key: string): void => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key) || stop.has(key) || NOT_KEPT.test(key)) return;
    seen.add(key);
    for (const next of chunk.imports ?? []) walk(next);
    if (late) for (const next of chunk.dynamicImports ?? []) walk(next);
  };
  for (const key of from) walk(key);
  return seen;
}

function everyFile(dir: string, below = dir): string[] {
  return readdirSync(below, { withFileTypes: true }).flatMap((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? everyFile(dir, path) : [relative(dir, path).split(sep).join("/")];
  });
}

/** Hashed names that a built file mentions but the manifest does not tell of: workers, and what they load. */
function mentioned(dist: string, files: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const look = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    if (!/\.(js|css|html)$/.test(file) || !existsSync(join(dist, file))) return;
    const text = readFileSync(join(dist, file), "utf8");
    for (const [, name] of text.matchAll(/(?:^|[/"'`(])assets\/([\w.-]+\.\w+)/g)) if (name) workers(`assets/${name}`);
  };
  // A chunk that is imported later is in the manifest and is walked there; only what the manifest lacks is followed by name.
  const workers = (file: string): void => {
    if (!known.has(file) && existsSync(join(dist, file))) look(file);
  };
  const known = new Set<string>();
  const manifest = readManifest(dist);
  for (const chunk of Object.values(manifest))
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) known.add(file);
  for (const file of files) look(file);
  return found;
}

function readManifest(dist: string): Manifest {
  return JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8")) as Manifest;
}

/** `dist`: the first build. `publik`: the folder copied as it is. Throws, naming the file, when a listed one does not exist. */
export function makeLists(dist: string, publik: string): Lists {
  const manifest = readManifest(dist);
  if (!manifest["index.html"]) throw new Error("the manifest has no index.html");
  const files = (keys: Iterable<string>): string[] =>
    [...keys].flatMap((key) => {
      const chunk = manifest[key];
      return chunk ? [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])] : [];
    });
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const refs = [...html.matchAll(/(?:src|href)="\/([^"/][^"]*)"/g)].map(([, path]) => path as string);
  // The page's own script may stand in the manifest under another name than the page.
  const starts = Object.keys(manifest).filter((key) => {
    const { file = "" } = manifest[key] ?? {};
    return key === "index.html" || (/\.(js|css)$/.test(file) && html.includes(`/${file}`));
  });
  const firstKeys = reach(manifest, starts, false, new Set());
  const first = files(firstKeys);
  // A worker's code is an asset of the chunk that starts it: needed later, and no first row waits for it.
  const code = [...firstKeys].flatMap((key) => [manifest[key]?.file ?? "", ...(manifest[key]?.css ?? [])]);
  const needed = new Set([...refs, ...code].filter((path) => /\.(js|css)$/.test(path)));
  const own = new Set(files(reach(manifest, [WRITING], false, new Set(starts))));
  for (const path of needed) own.delete(path);
  const late = files(reach(manifest, starts, true, new Set([MAP])));
  const copied = existsSync(publik) ? everyFile(publik).filter((path) => !NOT_COPIED.test(path)) : [];
  const rest = new Set([...mentioned(dist, [...needed, ...late]), ...refs, ...copied, ...first]);
  for (const path of own) rest.delete(path);
  for (const path of needed) {
    rest.delete(path);
    // The service worker knows by this that page and files are of one build.
    if (!html.includes(`/${path}`)) throw new Error(`index.html does not name ${path}`);
  }

  const mapKeys = reach(manifest, [MAP], true, new Set());
  const map = new Set(mentioned(dist, files(mapKeys)));
  for (const path of [...needed, ...own, ...rest]) map.delete(path);

  for (const path of [...needed, ...own, ...rest, ...map])
    if (!existsSync(join(dist, path)) || !statSync(join(dist, path)).isFile())
      throw new Error(`listed for the service worker, but not built: ${path}`);

  const sum = createHash("sha256");
  for (const path of ["index.html", ...[...needed, ...own, ...rest, ...map].sort()])
    sum.update(`${path}\n`).update(readFileSync(join(dist, path)));
  const address = (paths: Iterable<string>): string[] => [...paths].sort().map((path) => `/${path}`);
  return {
    version: sum.digest("hex").slice(0, 12),
    first: ["/", ...address(needed)],
    own: address(own),
    rest: address(rest),
    map: address(map),
  };
}
