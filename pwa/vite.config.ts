import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { look } from "./split.ts";

export default defineConfig({
  root: import.meta.dirname,
  server: { fs: { allow: [".."] } },
  plugins: [look()],
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
