/** Who works here, as administrators see it. */
import { get, op } from "./ask.ts";
import { hashOf } from "./hash.ts";
import type { Role } from "./me.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly since: string;
  readonly ended_on: string | null;
  readonly passkeys: number;
  /** They come by the municipality's own login, whose groups give the role. */
  readonly oidc: boolean;
  readonly invited_until: string | null;
  readonly asked_on: string | null;
  /** For whom an organiser's person makes events; null: for nobody yet. */
  readonly organiser_id?: string | null;
}

export const people = (): Promise<Person[]> => get<Person[]>("/people");

/** The code of a link, and what the server is told of it: its hash alone. */
export async function newCode(): Promise<{ readonly code: string; readonly code_sha256: string }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const code = btoa(String.fromCharCode(...raw))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
  return { code, code_sha256: await hashOf(new TextEncoder().encode(code)) };
}

const linkOf = (code: string): string => `${location.origin}/invite#${code}`;

/** The link of a new invitation. Its code is made here and shown once. */
export async function invite(name: string, role: Role, id: string = crypto.randomUUID()): Promise<string> {
  const { code, code_sha256 } = await newCode();
  await op("invite", "person", id, { name, role, code_sha256 });
  return linkOf(code);
}

/** The link for who follows this organiser, who works here until it is used. */
export async function handOver(id: string, name: string): Promise<string> {
  const { code, code_sha256 } = await newCode();
  await op("hand_over", "person", id, { name, code_sha256 });
  return linkOf(code);
}

export const setRole = (id: string, role: Role): Promise<unknown> => op("set_role", "person", id, { role });
export const setOrganiser = (id: string, organiser_id: string | null): Promise<unknown> =>
  op("set_organiser", "person", id, { organiser_id });
export const endPerson = (id: string): Promise<unknown> => op("end_person", "person", id, {});
