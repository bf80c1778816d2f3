/** What a phone leaves behind on the machine that plays it: nothing, whether it is stopped, killed, or forgotten by a test that dies. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clean, until } from "../server.ts";
import { BROWSERS } from "./browsers.ts";

/** Every process inherits it, so it finds those of this test among all. */
const MARK = "MOEDE_LEFT";
const NOWHERE = "http://127.0.0.1:9";

function marked(mark: string): string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "latin1").includes(`${MARK}=${mark}`)) return [];
      return [readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ")];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

const screens = () => readdirSync("/tmp").filter((name) => /^\.X\d+-lock$/.test(name));

describe.each(BROWSERS.map((browser) => [browser.name, browser] as const))("%s", (_, browser) => {
  const missing = browser.missing() ?? (process.platform === "linux" ? null : "processes are looked for in /proc");
  const { TMPDIR } = process.env;
  let mark: string;
  let dir: string;

  beforeEach(({ skip }) => {
    if (missing) skip(missing);
    mark = randomUUID();
    process.env[MARK] = mark;
    dir = mkdtempSync(join(tmpdir(), "moede-left-"));
    process.env.TMPDIR = dir;
  });
  afterEach(() => {
    delete process.env[MARK];
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    if (dir) clean(dir);
  });

  test("stopped, it leaves no process and no file, however often it was started", async () => {
    const before = screens();
    const phone = await browser.phone(NOWHERE);
    await phone.start();
    await phone.start();
    expect(marked(mark).length).toBeGreaterThan(0);
    await phone.stop();
    expect(marked(mark)).toEqual([]);
    expect(readdirSync(dir)).toEqual([]);
    expect(screens().filter((name) => !before.includes(name))).toEqual([]);
  });

  test("killed, it leaves no process; stopped then, no file", async () => {
    const phone = await browser.phone(NOWHERE);
    await phone.start();
    await phone.kill();
    expect(marked(mark)).toEqual([]);
    await phone.stop();
    expect(readdirSync(dir)).toEqual([]);
  });

  test("it does not outlive a test that dies", async () => {
    const file = join(import.meta.dirname, `${browser.name}.ts`);
    const script = `const { browser } = await import(${JSON.stringify(file)});
      const phone = await browser.phone("${NOWHERE}");
      await phone.start();
      console.log("up");
      setInterval(() => undefined, 1e6);`;
    const dying = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((up) => dying.stdout.once("data", up));
    expect(marked(mark).length).toBeGreaterThan(1);
    dying.kill("SIGKILL");
    await until("its processes to be gone", () => marked(mark).length === 0).catch(() => undefined);
    expect(marked(mark)).toEqual([]);
  });
});
