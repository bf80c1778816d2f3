// Which saved maps are drawn, and how MapLibre reads them: from the phone's own files, never from the network.
import { type AddProtocolAction, addProtocol } from "maplibre-gl";
import { FileSource, PMTiles, Protocol } from "pmtiles";
import type { PackManifest } from "../api/types.gen.ts";
import { lookHere, source, type Whole, whole } from "../pack/packs.ts";

export interface Archive {
  manifest: PackManifest;
  /** What the style calls it. */
  url: string;
}

export interface Saved {
  /** The detailed map, z8–13. */
  land: Archive | null;
  /** The overview, z8–10: alone, or under a small pack. Not where `all` covers it. */
  over: Archive | null;
}

const SCHEME = "pmtiles://";
const protocol = new Protocol();
let opened = 0;

/** Once, before the first map. */
export function readFromPhone(): void {
  addProtocol("pmtiles", fromPhone);
}

/** A request for an archive that is not open fails here, where pmtiles itself would ask the network for it. */
export const fromPhone: AddProtocolAction = async (request, abort) => {
  const key = request.url.slice(SCHEME.length).split("/")[0] ?? "";
  if (!protocol.get(key)) throw new Error(`${key} is no open map`);
  return protocol.tile(request, abort);
};

/** Changes exactly when another archive is to be drawn, not with each piece of a download. */
export function sign(archives: readonly Whole[]): string {
  return archives
    .map(({ manifest, at }) => `${manifest.id} ${manifest.sha256} ${at}`)
    .sort()
    .join("\n");
}

/** The archives to draw now. Each opening has a name of its own, so that no directory of an older version is read on. */
export async function open(archives: readonly Whole[]): Promise<Saved> {
  const all = await archive(archives.find((one) => one.manifest.id === "all"));
  const area = all ?? (await archive(archives.find((one) => one.manifest.id !== "overview")));
  return { land: area, over: all ? null : await archive(archives.find((one) => one.manifest.id === "overview")) };
}

export interface Opened {
  sign: string;
  saved: Saved;
}
export const NOTHING: Opened = { sign: "", saved: { land: null, over: null } };

let early: Opened = NOTHING;
let coming: Promise<void> | null = null;

/** Opens what is saved before there is a map, so that its first picture has the land in it. Never rejects. */
export function openEarly(): Promise<void> {
  coming ??= (async () => {
    await lookHere();
    const now = whole.peek();
    if (early.sign === sign(now)) return;
    close(early.saved);
    early = { sign: sign(now), saved: await open(now) };
  })()
    .catch(() => undefined)
    .finally(() => {
      coming = null;
    });
  return coming;
}

/** What `openEarly` opened, once: who takes it closes it. */
export function takeEarly(): Opened {
  const taken = early;
  early = NOTHING;
  return taken;
}

/** Ids of what is drawn, for tests: "all", "nysted overview", or "" where nothing is saved. */
export function shownBy({ land, over }: Saved): string {
  return [land, over].flatMap((one) => one?.manifest.id ?? []).join(" ");
}

/** Lets go of what is no longer drawn. */
export function close(saved: Saved): void {
  for (const one of [saved.land, saved.over]) if (one) protocol.tiles.delete(one.url.slice(SCHEME.length));
}

async function archive(wanted: Whole | undefined): Promise<Archive | null> {
  const blob = wanted && (await source(wanted));
  if (!blob) return null;
  const key = `${wanted.manifest.id}-${++opened}`;
  const file = new PMTiles(new FileSource(new File([blob], key)));
  protocol.add(file);
  // Read while the map is still being made; an error is told by the first tile.
  file.getHeader().catch(() => undefined);
  return { manifest: wanted.manifest, url: SCHEME + key };
}
