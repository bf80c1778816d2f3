import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  server: { fs: { allow: [".."] } },
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    // DESIGN §11: the oldest phones. Chrome 111, Safari 16.4, Firefox 115.
    target: ["chrome111", "safari16.4", "firefox115"],
    cssTarget: ["chrome111", "safari16.4", "firefox115"],
  },
  test: { dir: "../tests", include: ["**/*.test.ts", "**/*.test.tsx"] },
});
