/** Who is logged in here, and the steps in and out. */
import { signal } from "@preact/signals";
import { getSetting, putSetting } from "../store/own.ts";
import { get, No, op, post } from "./ask.ts";
import { deviceName } from "./device.ts";
import { goThere } from "./municipal.ts";
import { make, type ToMake, type ToUse, use } from "./webauthn.ts";

export type Role = "admin" | "editor" | "moderator" | "organiser";
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly added_on: string;
  readonly used_on: string | null;
}
export interface Session {
  readonly id: string;
  readonly device: string;
  readonly begun_at: string;
  readonly seen_on: string;
  readonly here: boolean;
}
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly rights: readonly string[];
  readonly fresh: boolean;
  /** How one came in: "oidc" by the municipality's own login. */
  readonly way: "passkey" | "oidc";
  readonly passkeys: readonly Passkey[];
  readonly sessions: readonly Session[];
}
interface Asking<T> {
  readonly asking: string;
  readonly options: T;
}
export interface Invited extends Asking<ToMake> {
  readonly name: string;
  readonly role: Role;
}

/** undefined: not asked yet; null: nobody. */
export const me = signal<Me | null | undefined>(undefined);

/** The key among the settings of who was logged in here last: without network the desk opens for the same. */
const LAST = "desk.me";

/** Asks who is logged in. Without network it is who was, and what was read then is what there is to see. */
export async function look(): Promise<void> {
  try {
    const who = await get<Me>("/me");
    me.value = who;
    await putSetting(LAST, who).catch(() => undefined);
  } catch (no) {
    if (!(no instanceof No)) throw no;
    if (no.status === 401) {
      me.value = null;
      return;
    }
    const who = no.code === "unreached" ? await getSetting<Me>(LAST).catch(() => undefined) : undefined;
    if (!who) throw no;
    me.value = { ...who, fresh: false };
  }
}

export async function logIn(): Promise<void> {
  const { asking, options } = await post<Asking<ToUse>>("/login/begin", {});
  me.value = await post<Me>("/login", { asking, credential: await use(options), device: deviceName() });
}

/** Proves anew who one is, the way one came. By the municipality's login one leaves the page and comes back to it. */
export const logInAgain = (): Promise<void> => (me.peek()?.way === "oidc" ? goThere(true) : logIn());

export const openInvitation = (code: string): Promise<Invited> => post<Invited>("/invitation/begin", { code });

/** A challenge is good for one answer: each try begins anew. */
export async function useInvitation(code: string): Promise<void> {
  const { asking, options } = await openInvitation(code);
  me.value = await post<Me>("/invitation", { asking, credential: await make(options), device: deviceName(), code });
}

export const askAgain = (code: string): Promise<null> => post<null>("/invitation/again", { code });

export async function addPasskey(): Promise<void> {
  const { asking, options } = await post<Asking<ToMake>>("/passkey/begin", {});
  await post("/passkey", { asking, credential: await make(options), device: deviceName() });
  await look();
}

export async function removePasskey(id: string): Promise<void> {
  await op("remove_passkey", "passkey", id, {});
  await look();
}

export async function endSession(id: string): Promise<void> {
  await op("end_session", "session", id, {});
  await look();
}

export async function logOut(): Promise<void> {
  await post("/logout", {});
  await putSetting(LAST, null).catch(() => undefined);
  me.value = null;
}
