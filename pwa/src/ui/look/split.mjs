// Writes first.css and later.css from the look's own files: node pwa/src/ui/look/split.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { split } from "./split.ts";

const here = import.meta.dirname;
const made = split((name) => readFileSync(join(here, name), "utf8"));
writeFileSync(join(here, "first.css"), made.first);
writeFileSync(join(here, "later.css"), made.later);
