/** A file on its way to the server: its hash, and its bytes with how far they are. */
import { No } from "../ask.ts";
import { hashOf } from "../hash.ts";
import { today } from "../lists/words.ts";

export const LIMIT_MB = 64;
export const LIMIT = LIMIT_MB * 1024 * 1024;

/** Why a file can not be sent, said before anything is; null where it can. */
export function cannot(file: { readonly name: string; readonly size: number }): string | null {
  if (file.size === 0) return `${file.name} er tom (0 byte). Hent eller gem den igen, og vælg den så.`;
  if (file.size > LIMIT)
    return `${file.name} fylder ${megabytes(file.size)}, og grænsen er ${LIMIT_MB} MB. Gem kommunens egne rækker i en fil for sig, eller pak filen som zip.`;
  return null;
}

/** "12,4 MB"; never "0 MB" of what is something. */
export function megabytes(bytes: number): string {
  const tenths = Math.max(1, Math.round(bytes / 104_857.6));
  return `${String(tenths / 10).replace(".", ",")} MB`;
}

export async function sha256(file: Blob): Promise<string> {
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    // A file that was moved, renamed or saved since it was chosen.
    throw new No(
      0,
      "unread",
      "Filen kan ikke læses mere. Er den flyttet, eller åben i et andet program? Vælg den igen.",
    );
  }
  return hashOf(bytes);
}

/** The day on which a file was saved, by the clock of this computer: all the date that some rows have. Null where nobody knows. */
export const savedOn = (file: { readonly lastModified: number }): string | null =>
  file.lastModified > 0 ? today(new Date(file.lastModified)) : null;

export class Stopped extends Error {}

export interface Sending {
  /** Throws `No`, and `Stopped` where somebody stopped it. */
  readonly done: Promise<void>;
  stop(): void;
}

/** Sends the bytes. `onShare`: how much is sent, 0–1. fetch does not tell that on its way; XMLHttpRequest does. */
export function send(hash: string, file: Blob, onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.open("PUT", `/api/v1/blobs/${hash}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => onShare(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => (request.status === 204 ? resolve() : reject(refusal(request.status, request.responseText)));
    request.onerror = () =>
      reject(new No(0, "unreached", "Forbindelsen blev afbrudt, før hele filen var sendt. Prøv igen, når der er net."));
    request.onabort = () => reject(new Stopped());
    request.send(file);
  });
  return { done, stop: () => request.abort() };
}

export function refusal(status: number, body: string): No {
  let problem: { code?: string; detail?: string } = {};
  try {
    problem = JSON.parse(body) as typeof problem;
  } catch {
    // An answer that is none of ours: something between here and the server.
  }
  return new No(status, problem.code ?? "refused", problem.detail ?? "Filen blev ikke taget imod. Prøv igen om lidt.");
}
