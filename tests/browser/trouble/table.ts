/** `make trouble`: tries every trouble in every browser that is here, and prints what came of it as a table. WRITE=1 keeps it in docs/proof. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../server.ts";
import { BROWSERS, SAID_TO } from "./browsers.ts";

const PAGE = join(ROOT, "docs/proof/trouble.md");

interface Said {
  readonly trouble: string;
  readonly browser: string;
  readonly how: string;
}

function tryAll(): { said: Said[]; ended: number | null } {
  const dir = mkdtempSync(join(tmpdir(), "moede-said-"));
  const to = join(dir, "said.ndjson");
  const { status } = spawnSync(
    join(ROOT, "node_modules/.bin/vitest"),
    ["run", "--config", join(ROOT, "tests/browser/vitest.config.ts"), "trouble/trouble"],
    { cwd: ROOT, env: { ...process.env, [SAID_TO]: to }, stdio: ["ignore", process.stderr, process.stderr] },
  );
  const lines = existsSync(to) ? readFileSync(to, "utf8").split("\n").filter(Boolean) : [];
  rmSync(dir, { recursive: true });
  return { said: lines.map((line) => JSON.parse(line) as Said), ended: status };
}

function tableOf(said: readonly Said[]): string {
  const reasons: string[] = [];
  const cell = (trouble: string, browser: string): string => {
    const how = said.findLast((one) => one.trouble === trouble && one.browser === browser)?.how ?? "not tried";
    const why = /^not here: (.*)$/s.exec(how)?.[1];
    if (why === undefined) return how.replaceAll("|", "\\|");
    if (!reasons.includes(why)) reasons.push(why);
    return `not here (${reasons.indexOf(why) + 1})`;
  };
  const names = BROWSERS.map(({ name }) => name);
  const rows = [...new Set(said.map((one) => one.trouble))].map(
    (trouble) => `| ${trouble} | ${names.map((name) => cell(trouble, name)).join(" | ")} |`,
  );
  const head = [`| trouble | ${names.join(" | ")} |`, `|---|${names.map(() => "---|").join("")}`];
  return [...head, ...rows, "", ...reasons.map((why, n) => `(${n + 1}) ${why}`)].join("\n").trim();
}

function keep(table: string): void {
  const page = readFileSync(PAGE, "utf8");
  writeFileSync(
    PAGE,
    page.replace(/(<!-- table -->\n)[\s\S]*(<!-- \/table -->)/, (_, from, to) => `${from}${table}\n${to}`),
  );
}

const { said, ended } = tryAll();
const table = tableOf(said);
console.log(table);
if (process.env.WRITE) keep(table);
process.exitCode = ended ?? 1;
