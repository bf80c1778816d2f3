import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeLists } from "../../../pwa/lists.ts";

let root: string;
const write = (path: string, text = path): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** What Vite leaves: page, entry with a screen opened later, a worker, the map with its own worker and font. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lists-"));
  write(
    "dist/index.html",
    '<script src="/theme.js"></script><script src="/assets/index-1.js"></script><link href="/assets/index-1.css">',
  );
  for (const name of ["theme.js", "icon.svg"]) {
    write(`dist/${name}`);
    write(`public/${name}`);
  }
  write(
    "dist/assets/index-1.js",
    'import("./help-1.js"); new Worker("/assets/pack-1.js"); ["assets/map-1.css","assets/map-1.js"]',
  );
  for (const name of ["index-1.css", "help-1.js", "writing-1.js", "pack-1.js", "letters-1.woff2"])
    write(`dist/assets/${name}`);
  write("dist/assets/map-1.js", 'setWorkerUrl("/assets/map-worker-1.js")');
  for (const name of ["map-1.css", "map-worker-1.js", "map-font-1.woff2", "desk-1.js"]) write(`dist/assets/${name}`);
  write(
    "dist/.vite/manifest.json",
    JSON.stringify({
      "index.html": {
        file: "assets/index-1.js",
        css: ["assets/index-1.css"],
        assets: ["assets/letters-1.woff2"],
        dynamicImports: ["src/screens/help.tsx", "src/map/map.ts", "src/store/writing.ts", "src/desk/desk.tsx"],
      },
      "src/screens/help.tsx": { file: "assets/help-1.js", imports: ["index.html"] },
      "src/map/map.ts": {
        file: "assets/map-1.js",
        css: ["assets/map-1.css"],
        assets: ["assets/map-font-1.woff2", "assets/letters-1.woff2"],
        imports: ["index.html"],
      },
      "src/store/writing.ts": { file: "assets/writing-1.js", imports: ["index.html"] },
      "src/desk/desk.tsx": { file: "assets/desk-1.js" },
    }),
  );
});
afterEach(() => rmSync(root, { recursive: true }));

const lists = () => makeLists(join(root, "dist"), join(root, "public"));

test("what the first row needs, what comes later and what the map needs are lists without a file twice", () => {
  expect(lists()).toMatchObject({
    first: ["/", "/assets/index-1.css", "/assets/index-1.js", "/theme.js"],
    own: ["/assets/writing-1.js"],
    rest: ["/assets/help-1.js", "/assets/letters-1.woff2", "/assets/pack-1.js", "/icon.svg"],
    map: ["/assets/map-1.css", "/assets/map-1.js", "/assets/map-font-1.woff2", "/assets/map-worker-1.js"],
  });
});

test("a listed file that does not exist stops the build, by name", () => {
  rmSync(join(root, "dist/assets/map-font-1.woff2"));
  expect(lists).toThrow("assets/map-font-1.woff2");
});

test("a changed byte in a file without a hash is another version", () => {
  const before = lists().version;
  write("dist/theme.js", "other");
  expect(lists().version).not.toBe(before);
});
