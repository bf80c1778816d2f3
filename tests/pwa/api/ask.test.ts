import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask, getJson, onHeard, Unreached } from "../../../pwa/src/api/ask.ts";

let server: Server;
let base: string;
let told: [boolean, number | null][];
let answer: RequestListener;

beforeEach(async () => {
  told = [];
  onHeard((came, date) => told.push([came, date]));
  server = createServer((question, response) => answer(question, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("a JSON answer is returned, and the server's clock is told", async () => {
  answer = (_, response) =>
    response
      .writeHead(200, { "content-type": "application/json", date: "Tue, 03 Mar 2026 13:30:00 GMT" })
      .end('{"packs":[]}');
  expect(await getJson(base)).toMatchObject({ status: 200, body: { packs: [] }, code: null });
  expect(told).toEqual([[true, Date.parse("2026-03-03T13:30:00Z")]]);
});

test("a refusal is an answer: its code, its words, how long to wait, and the server was there", async () => {
  answer = (_, response) =>
    response
      .writeHead(503, { "content-type": "application/problem+json", "retry-after": "7" })
      .end('{"status":503,"code":"busy","detail":"Prøv igen"}');
  expect(await getJson(base)).toEqual({ status: 503, body: null, code: "busy", detail: "Prøv igen", retryAfter: 7 });
  expect(told[0]?.[0]).toBe(true);
});

const NOT_OURS: [string, RequestListener][] = [
  ["a proxy in front of a stopped server", (_, response) => response.writeHead(502).end()],
  ["a hotel's page", (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>")],
  [
    "a connection that is cut in the middle",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"pa', () => response.destroy());
    },
  ],
  ["half a JSON", (_, response) => response.writeHead(200, { "content-type": "application/json" }).end('{"pa')],
];
for (const [what, how] of NOT_OURS)
  test(`${what} is no answer`, async () => {
    answer = how;
    await expect(getJson(base)).rejects.toThrow(Unreached);
    expect(told).toEqual([[false, null]]);
  });

test("nothing there is no answer", async () => {
  server.close();
  await expect(ask("http://127.0.0.1:1/")).rejects.toThrow(Unreached);
  expect(told).toEqual([[false, null]]);
});
