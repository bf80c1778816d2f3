/** Reads every request for what must never leave the phone: a number near the position, in degrees or metres, and another host. */
import { HERE, HERE_METRES } from "./chromium.ts";
import type { Seen } from "./front.ts";

const near = (n: number) =>
  Math.abs(n - HERE.latitude) <= 0.05 ||
  Math.abs(n - HERE.longitude) <= 0.05 ||
  HERE_METRES.some((metres) => Math.abs(n - metres) <= 5000);
// Hashes and UUIDs are no numbers; a decimal comma is read too.
const plain = (text: string) => text.replace(/[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "#");
const decoded = (text: string) => text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

export function positionsIn(seen: readonly Seen[]): string[] {
  return seen.flatMap((request) => {
    const text = [request.url, request.headers, request.body].join("\n");
    const numbers = [text, decoded(text)]
      .map(plain)
      .flatMap((t) => [...(t.match(/\d+(\.\d+)?/g) ?? []), ...(t.match(/\d+,\d+/g) ?? []).map((n) => n.replace(",", "."))])
      .map(Number)
      .filter(near);
    return numbers.length ? [`${request.method} ${request.url}: ${numbers.join(", ")}`] : [];
  });
}
