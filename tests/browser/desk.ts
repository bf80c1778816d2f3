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

/** `page` is logged in as somebody new of this role, on the desk. `url`: the server under the name localhost, since a passkey is bound to a name. */
export async function comeIn(page: Page, url: string, dir: string, role: string, name: string): Promise<CDPSession> {
  const key = await authenticator(page);
  await page.goto(`${url}/invite#${codeFor(dir, role, name)}`);
  await page.getByRole("button", { name: "Lav en adgangsnøgle" }).click();
  await page.waitForURL(`${url}/desk`);
  return key;
}
