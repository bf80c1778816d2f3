/** The file that is on its way: one at a time, and it goes on while somebody looks at another room. */
import { signal } from "@preact/signals";
import { No } from "../ask.ts";
import { read } from "./job.ts";
import { cannot, type Sending, Stopped, savedOn, send, sha256 } from "./send.ts";

export interface Upload {
  readonly name: string;
  readonly bytes: number;
  readonly phase: "counting" | "sending" | "asking" | "wrong";
  /** 0–1 of what is sent. */
  readonly share: number;
  /** Why it did not come there, for people. */
  readonly wrong: string | null;
  /** It can be tried again without choosing the file anew. */
  readonly again: boolean;
}

export const upload = signal<Upload | null>(null);
let file: File | null = null;
let sending: Sending | null = null;
let stopped = false;

/** Sends a file and has it read. Resolves with the job's id; null where it was refused, stopped, or did not come there. */
export async function begin(chosen: File): Promise<string | null> {
  if (upload.peek() && upload.peek()?.phase !== "wrong") return null;
  file = chosen;
  stopped = false;
  const told = { name: chosen.name, bytes: chosen.size, share: 0, wrong: null, again: false };
  const no = cannot(chosen);
  if (no !== null) {
    upload.value = { ...told, phase: "wrong", wrong: no };
    return null;
  }
  try {
    upload.value = { ...told, phase: "counting" };
    const hash = await sha256(chosen);
    if (stopped) throw new Stopped();
    upload.value = { ...told, phase: "sending" };
    sending = send(hash, chosen, (share) => {
      upload.value = { ...told, phase: "sending", share };
    });
    await sending.done;
    sending = null;
    upload.value = { ...told, phase: "asking", share: 1 };
    const choices = { lat_first: null, columns: [], seen_on: null, saved_on: savedOn(chosen) };
    const job = await read({ blob: hash, name: chosen.name, source: null, crs: null, choices });
    upload.value = null;
    file = null;
    return job.id;
  } catch (why) {
    sending = null;
    if (why instanceof Stopped) {
      upload.value = null;
      return null;
    }
    if (!(why instanceof No)) console.error(why);
    const words = why instanceof No ? why.message : "Noget gik galt hos os. Filen ligger her endnu. Prøv igen.";
    upload.value = { ...told, phase: "wrong", wrong: words, again: true };
    return null;
  }
}

export const again = (): Promise<string | null> => (file ? begin(file) : Promise.resolve(null));

/** Nothing of it stays, here or there. */
export function stop(): void {
  stopped = true;
  sending?.stop();
  if (upload.peek()?.phase === "wrong") upload.value = null;
}
