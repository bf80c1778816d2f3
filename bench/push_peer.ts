/** node web-push on the same subscriptions: it encrypts and signs each (generateRequestDetails), on kept connections, as many at once. */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createRequire } from "node:module";

interface Details {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly endpoint: string;
}
interface WebPush {
  generateVAPIDKeys(): { publicKey: string; privateKey: string };
  generateRequestDetails(subscription: unknown, payload: string, options: unknown): Details;
}
const push = createRequire(new URL("peers/package.json", import.meta.url))("web-push") as WebPush;
const [, , file, at_once] = process.argv;
const lines = readFileSync(String(file), "utf8").trim().split("\n");
const payload = String(lines[0]);
const subscriptions = lines.slice(1).map((line) => JSON.parse(line) as unknown);
const vapid = push.generateVAPIDKeys();
const options = {
  vapidDetails: { subject: "mailto:moedesteder@kommune.example", ...vapid },
  ...{ TTL: 3600, urgency: "normal", topic: "abcdefghijklmnopqrstuv", contentEncoding: "aes128gcm" },
};
const agent = new Agent({ keepAlive: true, maxSockets: Number(at_once) });

function send(subscription: unknown): Promise<void> {
  const told = push.generateRequestDetails(subscription, payload, options);
  return new Promise((resolve, reject) => {
    const asked = request(told.endpoint, { agent, method: told.method, headers: told.headers }, (answer) => {
      answer.resume();
      answer.on("end", () => (answer.statusCode === 201 ? resolve() : reject(new Error(String(answer.statusCode)))));
    });
    asked.on("error", reject);
    asked.end(told.body);
  });
}

let next = 0;
async function worker(): Promise<void> {
  while (next < subscriptions.length) await send(subscriptions[next++]);
}
const began = performance.now();
await Promise.all(Array.from({ length: Number(at_once) }, worker));
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));
agent.destroy();
