import { defineConfig } from "vitest/config";

// Journeys in a real browser against a real server: one file at a time, since two cores carry a server and a browser.
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../../node_modules/.vite/journeys",
  test: {
    include: ["**/*.journey.ts"],
    globalSetup: ["./prepare.ts"],
    fileParallelism: false,
    // A journey is one walk: what comes after a step that failed tells nothing.
    bail: 0,
    testTimeout: 300_000,
    hookTimeout: 180_000,
    reporters: ["verbose", "./last.ts"],
  },
});
