/** The edition after this one: built from a copy of the source with one word and one colour changed. Made once, for all journeys that ask. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { COLOURS } from "#style/themes.ts";
import { DEMO_AT, PYTHON, ROOT } from "./server.ts";

export const WORDS = { before: "Det her virker, også uden net.", after: "Anden udgave, også uden net." };
export const WATER = { before: COLOURS.light["m-water"], after: "#c9a0dc" };

/** A checkout to start a server from. It lies beside the demo of this run and goes with it. */
export function nextEdition(): string {
  const demo = process.env[DEMO_AT];
  if (!demo) throw new Error("prepare() has not been called: there is no place for the next edition");
  const made = `${demo}-next`;
  if (existsSync(made)) return made;
  const half = `${made}-${process.pid}`;
  mkdirSync(half);
  for (const part of ["pwa", "sync", "tiles", "fence", "server", "package.json", "tsconfig.base.json", "settings.toml"])
    cpSync(join(ROOT, part), join(half, part), {
      recursive: true,
      filter: (path) => !["dist", "__pycache__"].includes(basename(path)),
    });
  symlinkSync(join(ROOT, "node_modules"), join(half, "node_modules"));
  change(join(half, "pwa/src/text/da/saved.ts"), WORDS);
  change(join(half, "tiles/style/themes.ts"), WATER);
  const bin = dirname(PYTHON);
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  execFileSync(join(bin, "npm"), ["run", "--silent", "build"], { cwd: half, env, stdio: "pipe" });
  renameSync(half, made);
  return made;
}

function change(file: string, { before, after }: typeof WORDS): void {
  const text = readFileSync(file, "utf8");
  if (!text.includes(before)) throw new Error(`${file} does not have ${before}`);
  writeFileSync(file, text.replaceAll(before, after));
}
