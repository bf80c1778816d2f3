/** The municipality's own login: whether there is one, the way there, and what is said on the way back. */
import { get, No, post } from "./ask.ts";
import { deviceName } from "./device.ts";

/** What its button says, and whom to ask where it gives no access. */
export interface Own {
  readonly button: string;
  readonly ask: string;
}

export const ownLogin = async (): Promise<Own | null> => (await get<{ readonly oidc: Own | null }>("/login")).oidc;

/**
 * Leaves for the municipality's login. `again`: one is to prove anew who one is, and comes back to where one was. Ends only where
 * somebody turns round and the browser shows this page again as it was: then it throws.
 */
export async function goThere(again = false): Promise<void> {
  const to = /^\/desk(\/[A-Za-z0-9_-]+)*$/.test(location.pathname) ? location.pathname : "/desk";
  const { url } = await post<{ readonly url: string }>("/login/oidc", { device: deviceName(), again, to });
  const back = new Promise((turned) => addEventListener("pageshow", turned, { once: true }));
  location.assign(url);
  await back;
  throw new No(0, "cancelled", CANCELLED);
}

/** Why one came back without being logged in; null where one did not. It leaves the address: read once, said once. */
export function takeWhy(): string | null {
  const why = location.hash.slice(1);
  if (why) history.replaceState(null, "", location.pathname);
  return why || null;
}

const CANCELLED = "Du kom tilbage uden at logge ind. Prøv igen, når du er klar.";
const WHY: Readonly<Record<string, (ask: string) => string>> = {
  no_role: (ask) => `Kommunens login kender dig, men du er ikke i en gruppe, der giver adgang her. Spørg ${ask}.`,
  ended: (ask) => `Din adgang hertil er lukket. Er det en fejl, så spørg ${ask}.`,
  cancelled: () => CANCELLED,
  too_old: () => "Det tog for lang tid, eller du begyndte i en anden browser. Prøv igen.",
  unreached: () => "Kommunens login svarer ikke lige nu. Prøv igen om lidt, eller brug en adgangsnøgle.",
  wrong_login: (ask) => `Vi kunne ikke stole på svaret fra kommunens login. Prøv igen. Sker det igen, så spørg ${ask}.`,
  too_many_tries: () => "Det var forkert for mange gange. Prøv igen om en time.",
};

/** In words; null for what we never say. */
export const whyWords = (why: string, ask: string): string | null => WHY[why]?.(ask) ?? null;
