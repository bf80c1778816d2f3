/** A picture that somebody chose, looked at before it is opened, then made smaller and written anew: what it carried of place and time is gone. */
import { NoPicture, shrunk } from "../../ui/shrink.ts";
import { hashOf } from "../hash.ts";

/** What is wrong with a file, in words for people. */
export class NotAPicture extends Error {}

export interface Shot {
  readonly blob: Blob;
  readonly sha256: string;
  readonly w: number;
  readonly h: number;
}

/** Pixels of the longest side that is sent. */
export const LONGEST = 2560;
const MOST_BYTES = 40 * 1024 * 1024;
const MOST_PIXELS = 100_000_000;
const HEAD = 512 * 1024;

export interface Head {
  readonly is: "jpeg" | "png" | "webp" | "svg" | "heic" | "gif" | "other";
  /** As the file says of itself; null where it does not say it at its head. */
  readonly size: readonly [w: number, h: number] | null;
}

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** What a file is by its first bytes, whatever it is called. */
export function headOf(bytes: Uint8Array): Head {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return { is: "jpeg", size: jpegSize(view) };
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n")
    return { is: "png", size: bytes.length >= 24 ? [view.getUint32(16), view.getUint32(20)] : null };
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return { is: "webp", size: webpSize(view) };
  if (/^GIF8/.test(ascii(bytes, 0, 4))) return { is: "gif", size: null };
  if (/^ftyp(heic|heix|mif1|hevc|avif)/.test(ascii(bytes, 4, 12))) return { is: "heic", size: null };
  const text = new TextDecoder().decode(bytes.subarray(0, 2048));
  return { is: /<svg[\s>]/i.test(text) ? "svg" : "other", size: null };
}

/** The size in the first frame header of a JPEG. */
function jpegSize(view: DataView): Head["size"] {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view: DataView): Head["size"] {
  if (view.byteLength < 30) return null;
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536 + 1;
  if (kind === "VP8X") return [three(24), three(27)];
  if (kind === "VP8 ") return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (kind !== "VP8L") return null;
  const bits = view.getUint32(21, true);
  return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
}

const dots = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ".");

/** What is wrong with a file that can not be a picture here; null where it may be tried. */
export function refusalOf(bytes: number, head: Head): string | null {
  if (head.is === "svg") return "Filen er en tegning (SVG) og ikke et foto. Vælg et foto som JPEG, PNG eller WebP.";
  if (bytes > MOST_BYTES)
    return `Billedet fylder ${Math.round(bytes / 1_000_000)} MB. Højst 40 MB. Gem det i en mindre størrelse, og vælg det igen.`;
  if (head.is === "other") return "Filen er ikke et billede. Vælg et foto som JPEG, PNG eller WebP.";
  if (head.size && head.size[0] * head.size[1] > MOST_PIXELS)
    return `Billedet siger, at det er ${dots(head.size[0])} × ${dots(head.size[1])} punkter. Det er for stort. Gem det i en mindre størrelse, og vælg det igen.`;
  if (head.size && Math.min(...head.size) === 0) return BROKEN;
  return null;
}
const BROKEN = "Filen kan ikke åbnes som et billede. Den kan være i stykker. Vælg en anden, eller gem den som JPEG.";

/** The picture as it is sent. Throws NotAPicture. */
export async function shotOf(file: Blob): Promise<Shot> {
  const head = headOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  const refusal = refusalOf(file.size, head);
  if (refusal) throw new NotAPicture(refusal);
  const { blob, w, h } = await shrunk(file, LONGEST, 0.86).catch((error: unknown) => {
    throw error instanceof NoPicture ? new NotAPicture(BROKEN) : error;
  });
  return { blob, sha256: await hashOf(await blob.arrayBuffer()), w, h };
}
