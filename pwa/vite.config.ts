import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { look } from "./split.ts";

/** Nearly all of the first file runs before the first row: Chromium then compiles it where it is read, not function by function while it runs. */
const compiledAtOnce: Plugin = {
  name: "compiled-at-once",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === "chunk" && file.name === "index") file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
    },
  },
};

/** The day on which the app was last changed, for /om: the same source gives the same file. Without a history: that of its newest file. */
function edition(): string {
  const from = ["pwa", "sync/phone", "tiles/style"].map((path) => join(import.meta.dirname, "..", path));
  try {
    const git = ["log", "-1", "--format=%cs", "--", ...from];
    const day = execFileSync("git", git, { cwd: import.meta.dirname, encoding: "utf8", stdio: "pipe" }).trim();
    if (day) return day;
  } catch {
    // No git, or an archive without one.
  }
  const src = join(import.meta.dirname, "src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" });
  return new Date(Math.max(...files.map((file) => statSync(join(src, file)).mtimeMs))).toISOString().slice(0, 10);
}

export default defineConfig({
  root: import.meta.dirname,
  define: { __EDITION__: JSON.stringify(edition()) },
  server: { fs: { allow: [".."] } },
  plugins: [look(), compiledAtOnce],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    // The oldest phones that do not know modulepreload fetch the same files a little later.
    modulePreload: { polyfill: false },
    // All that the first row needs is one file: fewer requests for a cold service worker, and fewer bytes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "index", test: /shell\/(?:app|main)\.tsx$/ }] } } },
    // MapLibre is one piece of a megabyte; it is loaded with the map alone.
    chunkSizeWarningLimit: 1500,
    // The oldest phones that get the app; older ones read the plain pages.
    target: ["chrome111", "safari16.4", "firefox115"],
    cssTarget: ["chrome111", "safari16.4", "firefox115"],
  },
  // As a whole path: one that begins with ".." is not found when the command runs at the root.
  test: { dir: join(import.meta.dirname, "../tests"), include: ["**/*.test.ts", "**/*.test.tsx"] },
});
