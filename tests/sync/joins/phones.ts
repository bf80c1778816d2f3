// Many phones of one day, by the real sync/phone: each has followed something under its secret, and has reports of faults that nobody joins
// to it but the phone itself. Prints what arrives at the server, in order of arrival, a JSON line a request:
// {"at": ms, "phone": n, "credential": "none|device", "lines": [...]}.   node phones.ts SEED PHONES THINGS apart|together
import { enqueue, send } from "#phone/outbox.ts";
import type { Answer, Credential, Net } from "#phone/port.ts";
import type { Op, Results } from "#phone/wire.gen.ts";
import { chance, MemoryAround, MemoryOutbox } from "../memory.ts";

const [seed, phones, things] = process.argv.slice(2, 5).map(Number) as [number, number, number];
const looking = process.argv[5] === "together";
const HOURS = 14;
const random = chance(seed);
const hex = (digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
/** As a browser makes them (version 4), but the same ones for the same seed. */
const id = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;

interface Request {
  at: number;
  phone: number;
  credential: Credential;
  lines: string[];
}
const requests: Request[] = [];

for (let phone = 0; phone < phones; phone++) {
  const around = Object.assign(new MemoryAround(seed * 10_000 + phone), { id });
  around.clock = Date.parse("2026-04-01T05:00:00Z") + Math.floor(random() * HOURS * 3_600_000);
  const outbox = new MemoryOutbox();
  const net: Net = {
    page: () => Promise.reject(new Error("not asked here")),
    async ops(body, credential): Promise<Answer<Results>> {
      const lines = body.split("\n").filter((line) => line !== "");
      requests.push({ at: around.clock, phone, credential, lines });
      const results = lines.map((line) => ({
        status: "applied" as const,
        id: (JSON.parse(line) as Op).id,
        again: false,
        seq: {},
      }));
      return { status: 200, body: { epoch: "e0", results } };
    },
  };
  const report = () => ({
    verb: "report_fault",
    subject: {
      kind: "facility",
      id: `019d2fff-0000-7000-8000-${String(Math.floor(random() * things)).padStart(12, "0")}`,
    },
    args: { what: "broken", text: `${random()}`.slice(2, 9), photos: [] },
    credential: "none" as const,
  });
  const follow = {
    verb: "follow",
    subject: { kind: "settings", id: "site" },
    args: { when: ["evening"], only: null },
    credential: "device" as const,
  };
  // All of it was made without network: the phone is opened, and stays open until nothing waits.
  const made = random() < 0.5 ? [follow, report(), report()] : [report(), follow, report()];
  for (const doing of made) await enqueue(doing, outbox, around);
  let { next_at } = await send(outbox, net, around, { looking });
  while (next_at !== null) {
    around.clock = next_at;
    ({ next_at } = await send(outbox, net, around));
  }
}
requests.sort((a, b) => a.at - b.at);
for (const request of requests) console.log(JSON.stringify(request));
