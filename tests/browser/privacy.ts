/** Reads every request for what must never leave the phone: a number near the position, in degrees or metres, and another host. */
import type { Phone } from "./chromium.ts";
import { HERE } from "./chromium.ts";
import type { Gate, Passed } from "./gate.ts";

const DEGREES = 0.05;
const METRES = 5600; // 0.05 degrees of latitude
/** HERE in EPSG:25832, which the registers use, and in EPSG:3857, which maps use (pyproj 3.7). */
const IN_METRES = [684_918.92, 6_072_888.18, 1_321_885.56, 7_317_181.48];
/** Degrees as whole numbers, as E5 to E7 have them. */
const WHOLE = [1e5, 1e6, 1e7];

function near(n: number): boolean {
  const degrees = [HERE.latitude, HERE.longitude];
  return (
    degrees.some((d) => Math.abs(n - d) <= DEGREES) ||
    IN_METRES.some((m) => Math.abs(n - m) <= METRES) ||
    (Number.isInteger(n) && WHOLE.some((by) => degrees.some((d) => Math.abs(n / by - d) <= DEGREES)))
  );
}

const NO_NUMBER = [
  /[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, // hashes, UUIDs
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g,
];
/** Without what is no number, and without the feed's epoch before the dot of a cursor. */
const plain = (text: string, epoch: string) =>
  NO_NUMBER.reduce((left, pattern) => left.replace(pattern, "#"), text).replaceAll(`${epoch}.`, "# ");
const decoded = (text: string) =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** What of a request can tell of a position. */
export type Told = Pick<Passed, "method" | "url" | "headers" | "body">;

/** Requests that hold such a number, with the number. A decimal comma is read too, and what is escaped once or twice. */
export function positionsIn(passed: readonly Told[], epoch: string): string[] {
  return passed.flatMap((request) => {
    const text = [request.url, request.headers, request.body].join("\n");
    const numbers = [text, decoded(text), decoded(decoded(text))]
      .map((read) => plain(read, epoch))
      .flatMap((read) => [
        ...(read.match(/\d+(\.\d+)?/g) ?? []),
        ...[...read.matchAll(/(?<!\d)(?=(\d+,\d+))/g)].map((found) => (found[1] ?? "").replace(",", ".")),
      ])
      .map(Number)
      .filter(near);
    return numbers.length ? [`${request.method} ${request.url}: ${numbers.join(", ")}`] : [];
  });
}

/** Hosts that Chromium asks by itself, not for a page: allowed only as long as no page and no worker asked for them. */
const OF_CHROMIUM = /^(accounts\.google\.com|(.+\.)?googleapis\.com|clients\d\.google\.com)(:443)?$/;

export function foreignHosts(gate: Gate, phone: Phone, own: string): string[] {
  const passed = gate.foreign.map(({ host }) => host).filter((host) => !OF_CHROMIUM.test(host));
  return [...new Set([...passed, ...[...phone.hosts].filter((host) => host !== own)])];
}
