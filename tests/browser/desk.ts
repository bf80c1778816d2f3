/** Whoever works at the desk, in a browser: let in by the machine, with a passkey that the browser's own authenticator has made. */
import type { CDPSession, Page } from "playwright-core";
import { command } from "./server.ts";

/** An authenticator inside the browser that has seen its person's finger. */
export async function authenticator(of: Page): Promise<CDPSession> {
  const session = await of.context().newCDPSession(of);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
}

/** The code of an invitation that the machine itself writes. */
export const codeFor = (dir: string, role: string, name: string): string =>
  command(dir, ["invite", role, name]).split("#")[1]?.trim() ?? "";

/** `page` is logged in as somebody new of this role, on the desk. `url`: the server under the name localhost, since a passkey is bound to a
 * name. `organiser`: the id of the one for whom an organiser's person makes events; without it, for nobody yet. */
export async function comeIn(
  page: Page,
  url: string,
  dir: string,
  role: string,
  name: string,
  organiser?: string,
): Promise<CDPSession> {
  const key = await authenticator(page);
  await page.goto(`${url}/invite#${codeFor(dir, role, name)}`);
  await page.getByRole("button", { name: "Lav en adgangsnøgle" }).click();
  await page.waitForURL(`${url}/desk`);
  if (organiser !== undefined) {
    await belong(page, dir, organiser);
    await page.reload();
  }
  return key;
}

/** Whoever is logged in here makes events for this organiser from now on. */
async function belong(page: Page, dir: string, organiser_id: string): Promise<void> {
  const id = await page.evaluate(() => fetch("/api/v1/me").then((answer) => answer.json().then((me) => String(me.id))));
  const subject = { kind: "person", id };
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  const op = { id: crypto.randomUUID(), verb: "set_organiser", at, subject, base: null, args: { organiser_id } };
  command(dir, ["op", "-"], JSON.stringify(op));
}
