/** The build lowers syntax for the oldest phones that get the app; what a browser has to bring along it can not lower. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

/** Where it came, after Chrome 111, Firefox 115 or Safari 16.4: the ones that vite.config.ts names. */
const TOO_NEW: readonly (readonly [what: RegExp, since: string])[] = [
  [/\bwithResolvers\b/, "Chrome 119, Firefox 121, Safari 17.4"],
  [/\bAbortSignal\.any\b/, "Chrome 116, Firefox 124, Safari 17.4"],
  [/\bURL\.canParse\b/, "Chrome 120, Safari 17"],
  [/\bURL\.parse\(/, "Chrome 126, Firefox 126, Safari 18"],
  [/\.(?:is|to)WellFormed\(/, "Firefox 119"],
  [/\b(?:Object|Map)\.groupBy\b/, "Chrome 117, Firefox 119, Safari 17.4"],
  [/\bArray\.fromAsync\b/, "Chrome 121"],
  [/\bPromise\.try\b/, "Chrome 128, Firefox 134, Safari 18.2"],
  [/\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|intersection|union)\(/, "Chrome 122, Firefox 127"],
  [/\.(?:keys|values|entries)\(\)\s*\.(?:map|filter|some|every|find|take|drop|toArray|reduce|flatMap)\(/, "Chrome 122"],
  [/\bIterator\.from\b/, "Chrome 122, Firefox 131, Safari 18.4"],
  [/\bRegExp\.escape\b/, "Chrome 136, Firefox 134, Safari 18.2"],
  [/\.(?:toBase64|toHex)\(|\bUint8Array\.from(?:Base64|Hex)\b/, "Chrome 140, Firefox 133, Safari 18.2"],
  [/\bstartViewTransition\b(?!\?)/, "Firefox 144, Safari 18"],
  [/\b(?:show|hide|toggle)Popover\(|\bpopover=/, "Chrome 114, Firefox 125, Safari 17"],
  [/\brequestIdleCallback\(/, "no Safari"],
  [/^\s*(?:await )?using \w/m, "no Safari"],
  [/:has\(/, "Firefox 121"],
  [/\blight-dark\(/, "Chrome 123, Firefox 120, Safari 17.5"],
  [/@starting-style|@scope|\bfield-sizing\b|\banchor-name\b/, "Chrome 117 and later"],
];

const files = ["pwa/src/**/*.{ts,tsx,css}", "sync/phone/*.ts", "tiles/style/*.ts", "pwa/index.html", "pwa/public/*.js"]
  .flatMap((glob) => globSync(glob, { cwd: ROOT }))
  .sort();

test("nothing that the oldest phones do not have is asked of them", () => {
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    return TOO_NEW.filter(([what]) => what.test(text)).map(([what, since]) => `${file}: ${what.source} (${since})`);
  });
  expect(found).toEqual([]);
});
