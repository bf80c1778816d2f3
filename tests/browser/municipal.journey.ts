/** The municipality's own login in a real browser: away to another site and back, as cookies of a Strict and a Lax kind really travel. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findings } from "./axe.ts";
import { Phone } from "./chromium.ts";
import { clean, command, emptyDir, freePort, PYTHON, ROOT, Server, withTheTest } from "./server.ts";

let page: Page;
let server: Server;
let provider: ChildProcess;
let url = "";
const dir = emptyDir();
const hers = new Phone();

/** The issuer that answers until its input ends. */
async function issuer(): Promise<string> {
  const [program, args] = withTheTest(PYTHON, ["-m", "tests.server.login.provider"]);
  provider = spawn(program, args, { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  return new Promise((done) => provider.stdout?.once("data", (line) => done(String(line).trim())));
}

beforeAll(async () => {
  command(dir, ["prepare"]);
  const port = await freePort();
  // For the browser localhost and 127.0.0.1 are two sites, as a municipality's login and ours are.
  url = `http://localhost:${port}`;
  const roles = { redaktører: "editor" };
  process.env.MOEDE_ORIGIN = url;
  process.env.MOEDE_OIDC = JSON.stringify({ issuer: await issuer(), client_id: "moedesteder", roles });
  mkdirSync(join(dir, "keys"), { recursive: true });
  writeFileSync(join(dir, "keys/oidc_secret"), "not-told-to-anybody\n", { mode: 0o600 });
  server = await new Server(port, dir, false).start();
  delete process.env.MOEDE_ORIGIN;
  delete process.env.MOEDE_OIDC;
  page = await hers.open({ width: 320, height: 640 });
});
afterAll(async () => {
  await hers.forget();
  await server?.stop();
  provider?.stdin?.end();
  clean(dir);
});

async function away(who: string): Promise<void> {
  await page.getByRole("button", { name: "Log ind med kommunens login" }).click();
  await page.getByRole("heading", { name: "Kommunen" }).waitFor();
  await page.getByRole("link", { name: who, exact: true }).click();
}

const cookies = async () =>
  Object.fromEntries((await page.context().cookies(url)).map((one) => [one.name, one.sameSite]));

describe("who works at the municipality", () => {
  test("comes in by its login, and goes on where the session is asked for", async () => {
    await page.goto(`${url}/login`);
    await page.getByRole("heading", { name: "Ansat i kommunen?" }).waitFor();
    expect(await findings(page)).toEqual([]);
    await away("ane");
    await page.getByRole("heading", { name: "Dine tre første mødesteder" }).waitFor();
    expect(await cookies()).toEqual({ "__Host-moedesteder": "Strict" });
    await page.goto(`${url}/desk/mig`);
    await page.getByRole("heading", { name: "Ane" }).waitFor();
  });

  test("logs out here, and in again", async () => {
    await page.getByRole("button", { name: "Log ud", exact: true }).click();
    await page.getByRole("heading", { name: "Log ind" }).waitFor();
    await away("ane");
    await page.getByRole("heading", { name: "Dine tre første mødesteder" }).waitFor();
  });

  test("is told whom to ask where no group of theirs gives a role, and another try is a tap away", async () => {
    await page.context().clearCookies();
    await page.goto(`${url}/login`);
    await away("bo");
    await page.getByText("Spørg den, der passer Mødesteder i kommunen").waitFor();
    expect(page.url()).toBe(`${url}/login`);
    expect(await cookies()).toEqual({});
    expect(await findings(page)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
  });
});
