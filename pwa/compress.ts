// After the build: .br and .gz beside each file that gains by it, and dist/build.json: the lists and what a first row costs.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { makeLists } from "./lists.ts";

const dist = join(import.meta.dirname, "dist");
const TEXT = /\.(html|js|mjs|css|svg|json|webmanifest|txt|wasm)$/;

const brotli = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

for (const entry of readdirSync(dist, { withFileTypes: true, recursive: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || !TEXT.test(entry.name) || path.includes("/.vite/")) continue;
  const bytes = readFileSync(path);
  const br = brotli(bytes);
  const gz = gzipSync(bytes, { level: 9 });
  // Nothing is gained by a header and a second file for a few bytes.
  if (br.length < bytes.length) writeFileSync(`${path}.br`, br);
  if (gz.length < bytes.length) writeFileSync(`${path}.gz`, gz);
}

if (!existsSync(join(dist, "sw.js"))) throw new Error("there is no dist/sw.js");
const lists = makeLists(dist, join(import.meta.dirname, "public"));
if (!readFileSync(join(dist, "sw.js"), "utf8").includes(lists.version))
  throw new Error("dist/sw.js carries the lists of another build");

const sent = (path: string): number => {
  const file = join(dist, path === "/" ? "index.html" : path);
  return existsSync(`${file}.br`) ? readFileSync(`${file}.br`).length : readFileSync(file).length;
};
const total = (paths: string[]): number => paths.reduce((sum, path) => sum + sent(path), 0);
const report = {
  ...lists,
  /** Compressed bytes (brotli) of HTML, code and style before the first row shows; without data and font. */
  shell_bytes: total(lists.first),
  font_bytes: total(lists.rest.filter((path) => path.endsWith(".woff2"))),
  rest_bytes: total([...lists.own, ...lists.rest]),
  map_bytes: total(lists.map),
  sw_bytes: sent("sw.js"),
};
writeFileSync(join(dist, "build.json"), `${JSON.stringify(report, null, 1)}\n`);
console.log(
  `shell ${report.shell_bytes} B, with later screens, fonts and icons +${report.rest_bytes} B, map +${report.map_bytes} B (brotli); version ${lists.version}`,
);
