// Which saved maps are drawn, and how MapLibre reads them: from the phone's own files, never from the network.
import { type AddProtocolAction, addProtocol } from "maplibre-gl";
import { FileSource, PMTiles, Protocol } from "pmtiles";
import type { PackManifest } from "../api/types.gen.ts";
import { type Pack, source } from "../pack/packs.ts";

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
export function sign(packs: readonly Pack[]): string {
  return packs
    .filter((pack) => pack.usable)
    .map((pack) => `${pack.manifest.id} ${pack.savedAt}`)
    .sort()
    .join("\n");
}

/** The archives to draw now. Each opening has a name of its own, so that no directory of an older version is read on. */
export async function open(packs: readonly Pack[]): Promise<Saved> {
  const usable = packs.filter((pack) => pack.usable).map((pack) => pack.manifest);
  const all = await archive(usable.find((one) => one.id === "all"));
  const area = all ?? (await archive(usable.find((one) => one.id !== "overview")));
  return { land: area, over: all ? null : await archive(usable.find((one) => one.id === "overview")) };
}

/** Ids of what is drawn, for tests: "all", "nysted overview", or "" where nothing is saved. */
export function shownBy({ land, over }: Saved): string {
  return [land, over].flatMap((one) => one?.manifest.id ?? []).join(" ");
}

/** Lets go of what is no longer drawn. */
export function close(saved: Saved): void {
  for (const one of [saved.land, saved.over]) if (one) protocol.tiles.delete(one.url.slice(SCHEME.length));
}

async function archive(manifest: PackManifest | undefined): Promise<Archive | null> {
  const blob = manifest && (await source(manifest.id));
  if (!blob) return null;
  const key = `${manifest.id}-${++opened}`;
  protocol.add(new PMTiles(new FileSource(new File([blob], key))));
  return { manifest, url: SCHEME + key };
}
