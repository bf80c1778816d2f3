// The land under what is drawn: the maps of this server, each read whole or not at all, so that nobody learns where somebody looks. What
// the phone's app has saved in this browser is used as it lies; else the small overview comes by itself, and the whole when it is asked for.
import { signal } from "@preact/signals";
import { type AddProtocolAction, addProtocol } from "maplibre-gl";
import { FileSource, PMTiles, Protocol } from "pmtiles";
import { ask } from "../../api/ask.ts";
import type { PackList, PackManifest } from "../../api/types.gen.ts";
import { openArchive } from "../../pack/files.ts";
import { MANIFESTS, records } from "../../pack/records.ts";
import { getSetting, putSetting } from "../../store/own.ts";
import { hashOf } from "../hash.ts";

export interface Archive {
  readonly manifest: PackManifest;
  /** What the style calls it. */
  readonly url: string;
}

/** Open now. `whole` has the paths; under it the overview is not needed. */
export const overview = signal<Archive | null>(null);
export const whole = signal<Archive | null>(null);
/** The whole map, where the server has one. */
export const offered = signal<PackManifest | null>(null);
/** Bytes of the whole that have come; null while nothing is coming. */
export const coming = signal<{ readonly done: number; readonly bytes: number } | null>(null);
/** unreached: no network. wrong: what came is not what was promised. none: the server has no map. */
export const trouble = signal<"" | "unreached" | "wrong" | "none">("");

const SCHEME = "pmtiles://";
/** Remembered in this browser: the person wanted the whole map once, so it comes by itself from then on. */
const WANTED = "desk_map";
/** Nothing for so long is a cut. */
const STALL_MS = 30_000;
const protocol = new Protocol();

const fromHere: AddProtocolAction = async (request, abort) => {
  const key = request.url.slice(SCHEME.length).split("/")[0] ?? "";
  // pmtiles itself would ask the network for an archive that is not open.
  if (!protocol.get(key)) throw new Error(`${key} is no open map`);
  return protocol.tile(request, abort);
};
addProtocol("pmtiles", fromHere);

let opening: Promise<void> | null = null;

/** Opens what is here, and fetches the overview where nothing is. Never rejects; `trouble` tells. */
export function openGround(): Promise<void> {
  if (whole.peek() || coming.peek()) return Promise.resolve();
  opening ??= look()
    .catch((error: unknown) => {
      console.warn("map", error);
      trouble.value = "unreached";
    })
    .finally(() => {
      opening = null;
    });
  return opening;
}

async function look(): Promise<void> {
  const list = await listed();
  const all = list.find(({ id }) => id === "all") ?? null;
  offered.value = all;
  const saved = await savedHere("all");
  if (saved) {
    whole.value = saved;
    return;
  }
  const small = list.find(({ id }) => id === "overview");
  trouble.value = list.length === 0 ? "none" : "";
  if (small && !overview.peek()) overview.value = (await savedHere("overview")) ?? archive(small, await fetched(small));
  if (all && (await getSetting<boolean>(WANTED).catch(() => false))) await fetchWhole();
}

async function listed(): Promise<readonly PackManifest[]> {
  const said = await ask<PackList>("/api/v1/packs", { cache: "no-cache" }).catch(() => null);
  if (said?.body) {
    await putSetting(MANIFESTS, said.body.packs).catch(() => undefined);
    return said.body.packs;
  }
  return (await getSetting<PackManifest[]>(MANIFESTS).catch(() => undefined)) ?? [];
}

async function savedHere(id: string): Promise<Archive | null> {
  const record = (await records().catch(() => [])).find((one) => one.id === id);
  const file = record?.saved && (await openArchive(record.saved.manifest, record.saved.where).catch(() => null));
  return record?.saved && file ? archive(record.saved.manifest, file) : null;
}

/** Fetches the map with paths and houses; it stays in this browser's own cache. Never rejects. */
export async function fetchWhole(): Promise<void> {
  const manifest = offered.peek();
  if (!manifest || coming.peek() || whole.peek()) return;
  coming.value = { done: 0, bytes: manifest.bytes };
  trouble.value = "";
  try {
    const blob = await fetched(manifest, (done) => {
      coming.value = { done, bytes: manifest.bytes };
    });
    whole.value = archive(manifest, blob);
    await putSetting(WANTED, true).catch(() => undefined);
  } catch (error) {
    console.warn("map", error);
    trouble.value = error instanceof Wrong ? "wrong" : "unreached";
  } finally {
    coming.value = null;
  }
}

class Wrong extends Error {}

async function fetched({ url, bytes, sha256 }: PackManifest, tell?: (done: number) => void): Promise<Blob> {
  const stop = new AbortController();
  let stall = setTimeout(() => stop.abort(), STALL_MS);
  try {
    // Named by its hash for ever: where the browser has it, nothing is asked.
    const answer = await fetch(url, { credentials: "omit", signal: stop.signal });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
    const pieces: BlobPart[] = [];
    let done = 0;
    const reader = answer.body.getReader();
    for (;;) {
      const { value, done: end } = await reader.read();
      if (end) break;
      clearTimeout(stall);
      stall = setTimeout(() => stop.abort(), STALL_MS);
      pieces.push(value as Uint8Array<ArrayBuffer>);
      done += value.length;
      tell?.(done);
    }
    const blob = new Blob(pieces);
    if (blob.size !== bytes || (await hashOf(await blob.arrayBuffer())) !== sha256) throw new Wrong(url);
    return blob;
  } finally {
    clearTimeout(stall);
  }
}

let opened = 0;

function archive(manifest: PackManifest, blob: Blob): Archive {
  const key = `desk-${manifest.id}-${++opened}`;
  protocol.add(new PMTiles(new FileSource(new File([blob], key))));
  return { manifest, url: SCHEME + key };
}
