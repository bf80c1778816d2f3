/** How the machine is, and a backup now: both are asked of the server itself, never kept here. */
import { number } from "../../text/format.ts";
import { ask, get, No } from "../ask.ts";

export interface BackupMade {
  readonly name: string;
  readonly bytes: number;
  readonly made_at: string;
  readonly why: string;
}
/** How it stands with messages to phones: server/model/health.py. */
export interface Pushes {
  readonly phones: number;
  readonly due: number;
  readonly oldest: string | null;
  readonly contact: boolean;
  readonly alarms: readonly {
    readonly service: string;
    readonly status: number;
    readonly reason: string;
    readonly phones: number;
    readonly since: string;
  }[];
  readonly closed: readonly string[];
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
  readonly pushes: Pushes;
  readonly stuck: readonly string[];
}

/** What the server does by the clock (server/jobs/table.py), in words. */
const JOBS: Readonly<Record<string, string>> = {
  remind: "påmindelser",
  arrange: "påmindelser",
  notices: "beskeder til dem, der følger",
  calendars: "kalendere",
  expand: "begivenheder længere frem",
  forget: "at slette det, der skal slettes",
};

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

/** Messages that wait so long have no good reason to. */
const WAITING_MS = 3_600_000;

/** What is wrong with messages to phones, in words; [] where all is well. The server's own `doctor` says what mends it. */
function pushTroubles(told: Pushes, now: number): string[] {
  const found: string[] = [];
  const look = "Den, der passer serveren, skal se på det.";
  if (!told.contact && told.phones > 0)
    found.push(`Beskeder til telefoner bliver ikke sendt: serveren mangler en kontaktadresse. ${look}`);
  for (const { service, status, phones } of told.alarms)
    found.push(
      `${service} tager ikke imod beskeder til ${phones === 1 ? "1 telefon" : `${number(phones)} telefoner`}${status ? ` (svar ${status})` : ""}. ${look}`,
    );
  if (told.oldest && now - Date.parse(told.oldest) > WAITING_MS)
    found.push(
      told.closed.length > 0
        ? `Beskeder har ventet i over en time. Der er ikke forbindelse til ${told.closed.join(" og ")}. ${look}`
        : `Beskeder har ventet i over en time. ${look}`,
    );
  return found;
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
  const stuck = [...new Set(told.stuck.map((name) => JOBS[name] ?? name))];
  if (stuck.length > 0)
    found.push(`Serveren kommer ikke videre med ${stuck.join(" og ")}. Den, der passer serveren, skal se i dens log.`);
  return [...found, ...pushTroubles(told.pushes, now)];
}
