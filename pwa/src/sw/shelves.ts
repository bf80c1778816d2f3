// The caches and what lies in them. shell-VERSION and map-VERSION belong to one build, "media" to none, "notes" remembers which build came before.
import type { Done, Lists, World } from "./lists.ts";

export const MEDIA = "media";
const NOTES = "notes";
/** As many pictures as are kept; the longest kept go first. */
const MEDIA_MAX = 600;
/** How often an install is given up because the map could not be fetched, before the new version goes on without. */
const TRIES = 3;

const shellOf = (version: string): string => `shell-${version}`;
const mapOf = (version: string): string => `map-${version}`;

/** Kept under "/": the page that is the app and nothing else. What "/" itself answers has the list of that day in it. */
const EMPTY_PAGE = "/hjaelp";

/** The stylesheet of the municipality's own colours, where it has some; its address says them (server/web/colours.py). */
const COLOURS = /\/farver\/[\w-]+\.css/;

/** A file as this build means it. Hashed names are for ever and may come from the browser's own cache; the rest is asked for. */
function ask(path: string, w: World): Request {
  const cache = /^\/(?:assets|farver)\//.test(path) ? "default" : "no-cache";
  return new Request(w.origin + (path === "/" ? EMPTY_PAGE : path), { cache, credentials: "omit" });
}

/**
 * Fetches one file into a cache. Throws when it is not there, not whole or not the file asked for (a hotel's login page is HTML with 200).
 * A deploy in the middle would marry one build's page with another's files: the page names each of its first files (the build checks that).
 */
async function put(cache: Cache, path: string, lists: Lists, w: World): Promise<void> {
  const answer = await w.fetch(ask(path, w));
  const type = answer.headers.get("content-type") ?? "";
  if (answer.status !== 200 || (type.startsWith("text/html") && path !== "/"))
    throw new Refused(path, answer.status < 500 && answer.status !== 200);
  if (path === "/") {
    const page = await answer.clone().text();
    if (!lists.first.every((one) => page.includes(one))) throw new Error("the page is of another build");
    // First what it names: a page that is kept never waits for the network.
    const colours = COLOURS.exec(page)?.[0];
    if (colours) await put(cache, colours, lists, w);
  }
  // A redirected answer may not be given to a navigation: keep the bytes, not the way they came.
  const kept = answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer;
  await cache.put(w.origin + path, kept);
}

class Refused extends Error {
  /** The server says that it is not there: asking again soon is of no use. */
  readonly final: boolean;
  constructor(path: string, final: boolean) {
    super(`could not fetch ${path}`);
    this.final = final;
  }
}

interface Filled {
  /** How many could not be fetched, or not be kept. */
  missing: number;
  /** Whether asking again may help. */
  again: boolean;
  /** The phone has no room for one of them. */
  full: boolean;
}

/** Fetches what is missing of `paths`, each by itself. */
async function fill(cache: Cache, paths: readonly string[], lists: Lists, w: World): Promise<Filled> {
  const done = await Promise.allSettled(
    paths.map(
      async (path) =>
        (await cache.match(w.origin + path, { ignoreVary: true }).catch(() => undefined)) ?? put(cache, path, lists, w),
    ),
  );
  const failed = done.filter((one) => one.status === "rejected");
  return {
    missing: failed.length,
    again: failed.some((one) => !(one.reason instanceof Refused && one.reason.final)),
    full: failed.some((one) => (one.reason as Error | undefined)?.name === "QuotaExceededError"),
  };
}

async function note<T>(w: World, name: string, otherwise: T): Promise<T> {
  const kept = await (await w.caches.open(NOTES)).match(`${w.origin}/${name}`);
  return kept ? ((await kept.json()) as T) : otherwise;
}

async function remember(w: World, name: string, value: unknown): Promise<void> {
  await (await w.caches.open(NOTES)).put(`${w.origin}/${name}`, new Response(JSON.stringify(value)));
}

/** A pack has been saved on this phone: some build's map is kept. */
async function mapWanted(w: World): Promise<boolean> {
  return (await w.caches.keys()).some((name) => name.startsWith("map-"));
}

/**
 * Before waiting. Throws where the new version may not take over: a file of the first row is missing, or, while a pack is saved, the map
 * was cut off by the network (given up after three tries, so that one blocked file never keeps every later version away).
 */
export async function install(lists: Lists, w: World): Promise<void> {
  const shell = await w.caches.open(shellOf(lists.version));
  await Promise.all([...lists.first, ...lists.own].map((path) => put(shell, path, lists, w)));
  await fill(shell, lists.rest, lists, w);
  if (!(await mapWanted(w))) return;
  const map = await fill(await w.caches.open(mapOf(lists.version)), lists.map, lists, w);
  if (!map.again) return;
  const tries = await note(w, `tries-${lists.version}`, 1);
  if (tries >= TRIES) return;
  // Where it can not even be counted, three would never be reached.
  const counted = remember(w, `tries-${lists.version}`, tries + 1);
  if (await counted.catch(() => "not")) return;
  throw new Error("the map could not be fetched; the version before stays");
}

/** Once in charge: this build's caches and those of the build before stay, older ones go. */
export async function activate(lists: Lists, w: World): Promise<void> {
  const before = (await note<string[]>(w, "versions", [])).filter((version) => version !== lists.version);
  const stay = [lists.version, ...before].slice(0, 2);
  for (const name of await w.caches.keys()) {
    const version = /^(?:shell|map)-(.*)$/.exec(name)?.[1];
    if (version !== undefined && !stay.includes(version)) await w.caches.delete(name);
  }
  // Last: on a full phone there may be room only now. Where there is none even so, this version is in charge all the same.
  await remember(w, "versions", stay).catch(() => undefined);
}

/** The municipality has other colours than the page that is kept: the page anew, with their stylesheet. */
export async function keepPage(lists: Lists, w: World): Promise<boolean> {
  await put(await w.caches.open(shellOf(lists.version)), "/", lists, w);
  return true;
}

async function keepShell(lists: Lists, w: World): Promise<Filled> {
  return fill(await w.caches.open(shellOf(lists.version)), [...lists.first, ...lists.own, ...lists.rest], lists, w);
}

const whole = (...all: Filled[]): Done =>
  all.some(({ full }) => full) ? "full" : all.every(({ missing }) => missing === 0);

/** Fetches what an install had to leave out. True when nothing is missing. */
export async function mend(lists: Lists, w: World): Promise<Done> {
  return (await mapWanted(w)) ? keepMap(lists, w) : whole(await keepShell(lists, w));
}

/** From the first saved pack on. True when the whole map is kept, and the screens that lead to it: "klar uden net" rests on this answer. */
export async function keepMap(lists: Lists, w: World): Promise<Done> {
  const map = await fill(await w.caches.open(mapOf(lists.version)), lists.map, lists, w);
  return whole(map, await keepShell(lists, w));
}

export async function dropMap(w: World): Promise<void> {
  for (const name of await w.caches.keys()) if (name.startsWith("map-")) await w.caches.delete(name);
}

/**
 * This build's file first, then any kept one: names without a hash (theme.js, icons) differ from build to build. What can not be read is
 * not there: WebKit, killed while it writes its list of caches, refuses every one from then on, and the app must still open with a net.
 */
export async function find(lists: Lists, path: string, w: World): Promise<Response | undefined> {
  for (const name of [shellOf(lists.version), mapOf(lists.version), undefined]) {
    const how = { ignoreVary: true, ...(name ? { cacheName: name } : {}) };
    const found = await w.caches.match(w.origin + path, how).catch(() => undefined);
    if (found) return found;
  }
  return undefined;
}

/** Whether the app can be opened from the phone alone: each file that its first row needs is there and can be read. */
export async function opens(lists: Lists, w: World): Promise<boolean> {
  for (const path of [...lists.first, ...lists.own]) if (!(await find(lists, path, w))) return false;
  return true;
}

async function trim(media: Cache): Promise<void> {
  const keys = await media.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MEDIA_MAX))) await media.delete(old);
}

/** A picture from the phone, else from the server and kept from then on. */
export async function keepMedia(path: string, w: World): Promise<Response> {
  const media = await w.caches.open(MEDIA).catch(() => null);
  const of = (name: string) => media?.match(w.origin + name, { ignoreVary: true }).catch(() => undefined);
  const kept = await of(path);
  if (kept) return kept;
  const small = path.replace(/-1280\.webp$/, "-320.webp");
  const instead = small === path ? undefined : await of(small);
  const answer = await w.fetch(new Request(w.origin + path, { credentials: "omit" })).catch((error) => {
    if (!instead) throw error;
    return instead;
  });
  // The small one, which is kept beside the packs, is better than none.
  if (answer === instead || (instead && answer.status >= 500)) return instead;
  if (media && answer.status === 200 && (answer.headers.get("content-type") ?? "").startsWith("image/")) {
    // A full phone still shows the picture.
    await media.put(w.origin + path, answer.clone()).catch(() => undefined);
    // The picture has come, whatever the shelf says.
    await trim(media).catch(() => undefined);
  }
  return answer;
}
