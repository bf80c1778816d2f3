// The desk, built by itself: staff's code shares no file with the phone's, so that neither grows by the other.
import { join } from "node:path";
import { defineConfig } from "vite";

const root = import.meta.dirname;

export default defineConfig({
  root,
  publicDir: false,
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    copyPublicDir: false,
    assetsInlineLimit: 0,
    // MapLibre is one piece of a megabyte; it is loaded with the map alone.
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    target: ["chrome111", "safari16.4", "firefox115"],
    cssTarget: ["chrome111", "safari16.4", "firefox115"],
    rolldownOptions: {
      input: join(root, "desk.html"),
      output: {
        entryFileNames: "assets/desk-[hash].js",
        chunkFileNames: "assets/desk-[name]-[hash].js",
        assetFileNames: "assets/desk-[name]-[hash][extname]",
      },
    },
  },
});
