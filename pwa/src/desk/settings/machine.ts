/** How the machine is, and a backup now: both are asked of the server itself, never kept here. */
import { ask, get, No } from "../ask.ts";

export interface BackupMade {
  readonly name: string;
  readonly bytes: number;
  readonly made_at: string;
  readonly why: string;
}
/** server/model/health.py */
export interface Health {
  readonly schema: string;
  readonly database_bytes: number;
  readonly free_bytes: number;
  readonly backup: BackupMade | null;
  readonly backup_elsewhere: boolean;
  readonly imported_at: string | null;
  readonly sources: readonly { readonly source: string; readonly things: number }[];
}

/** A large map takes its time to be copied and read back. */
const BACKUP_MS = 10 * 60_000;
/** How old a backup may be before somebody is to look (server/backup/age.py). */
const OLD_DAYS = 7;
/** So little room is left that somebody is to look: a backup leaves 100 MB free, or is none. */
const LITTLE = 500e6;

export const health = (): Promise<Health> => get<Health>("/health");

/** Throws No, with the server's own words for why there is none. */
export async function backUp(): Promise<BackupMade> {
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(BACKUP_MS);
  try {
    return (await ask("/api/v1/backup", { method: "POST", headers, body: "{}", signal })) as BackupMade;
  } catch (no) {
    if (!(no instanceof No) || no.status !== 0) throw no;
    const words =
      "Der er ikke forbindelse til serveren. En kopi, der var i gang, bliver lavet færdig. Se efter om lidt.";
    throw new No(0, "unreached", words);
  }
}

/** What somebody is to look at, in words; [] where all is well. `now`: ms. */
export function troubles(told: Health, now: number): string[] {
  const found: string[] = [];
  if (!told.backup) found.push("Der er ingen sikkerhedskopi.");
  else if (now - Date.parse(told.backup.made_at) > OLD_DAYS * 86_400_000)
    found.push("Den nyeste sikkerhedskopi er over en uge gammel. Den, der passer serveren, skal se på det.");
  if (told.backup && !told.backup_elsewhere)
    found.push("Kopierne ligger på samme disk som kortet. Går disken i stykker, går de med.");
  if (told.free_bytes < LITTLE) found.push("Der er snart ikke mere plads på serverens disk.");
  return found;
}
