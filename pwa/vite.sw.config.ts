// The service worker, built by itself and second (as an input of the first build it would become a module), with the first build's lists in it.
import { join } from "node:path";
import { defineConfig } from "vite";
import { makeLists } from "./lists.ts";

const root = import.meta.dirname;
const lists = makeLists(join(root, "dist"), join(root, "public"));

export default defineConfig({
  root,
  publicDir: false,
  define: { __LISTS__: JSON.stringify(lists) },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    copyPublicDir: false,
    target: ["chrome111", "safari16.4", "firefox115"],
    rolldownOptions: {
      input: join(root, "src/sw/sw.ts"),
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
});
