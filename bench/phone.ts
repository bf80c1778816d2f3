/** The demo on a server of its own, and Chromium as a phone, for the figures that need a browser. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM, FLAGS } from "../tests/browser/chromium.ts";
import prepare from "../tests/browser/prepare.ts";
import { clean, demoCopy, freePort, Server } from "../tests/browser/server.ts";

export async function withDemo(work: (url: string, dir: string) => Promise<void>): Promise<void> {
  prepare("ignore");
  const dir = demoCopy();
  const server = await new Server(await freePort(), dir, true).start();
  try {
    await work(server.url, dir);
  } finally {
    await server.stop();
    clean(dir);
  }
}

export function freshProfile(): string {
  return mkdtempSync(join(tmpdir(), "moede-profile-"));
}

export function forget(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

export async function openBrowser(profile: string): Promise<{ browser: BrowserContext; page: Page }> {
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    viewport: { width: 390, height: 844 },
    locale: "da-DK",
  });
  return { browser, page: browser.pages()[0] ?? (await browser.newPage()) };
}
