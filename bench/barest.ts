/** The peer of the cold starts: the barest page that a service worker can show, built by the same builder, served by a few lines. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { build, type InlineConfig } from "vite";
import { freePort } from "../tests/browser/server.ts";

const FROM = join(import.meta.dirname, "barest");
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export interface Barest {
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds both pages into a folder of their own and serves them, with `archive` as /all.pmtiles, until `stop`. */
export async function serveBarest(archive: string): Promise<Barest> {
  const dir = mkdtempSync(join(tmpdir(), "moede-barest-"));
  const shared: InlineConfig = { root: FROM, configFile: false, logLevel: "error", worker: { format: "es" } };
  const pages = { list: join(FROM, "list.html"), map: join(FROM, "map.html") };
  await build({
    ...shared,
    build: {
      outDir: dir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      target: "es2022",
      rolldownOptions: { input: pages },
    },
  });
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${join(entry.parentPath, entry.name).slice(dir.length + 1)}`);
  await build({
    ...shared,
    define: { __FILES__: JSON.stringify(files) },
    build: {
      outDir: dir,
      emptyOutDir: false,
      rolldownOptions: { input: join(FROM, "sw.ts"), output: { format: "iife", entryFileNames: "sw.js" } },
    },
  });
  const server = createServer((request, answer) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = path === "/all.pmtiles" ? archive : join(dir, path);
    if (!existsSync(file) || !statSync(file).isFile()) return answer.writeHead(404).end();
    return answer
      .writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" })
      .end(readFileSync(file));
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      rmSync(dir, { recursive: true, force: true });
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
