/** Files at the desk: what is refused before it is sent, what is said of it, and what goes with "Hent ind". */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { argsOf, keyOf, NONE, opsOf, stays, unsaid, whose, withdrawn } from "../../../pwa/src/desk/imports/choices.ts";
import { readAs, say } from "../../../pwa/src/desk/imports/columns.tsx";
import { toldWords } from "../../../pwa/src/desk/imports/conflicts.tsx";
import { wrongOf } from "../../../pwa/src/desk/imports/how-read.tsx";
import type { Asked, Conflict, Found, Gone, Job, Left, Result } from "../../../pwa/src/desk/imports/job.ts";
import { cannot, LIMIT, megabytes, refusal, savedOn, sha256 } from "../../../pwa/src/desk/imports/send.ts";
import { begin, stop, upload } from "../../../pwa/src/desk/imports/upload.ts";
import {
  byReason,
  came,
  leftOut,
  progress,
  remarks,
  share,
  things,
  writer,
} from "../../../pwa/src/desk/imports/words.ts";

const none = { new: 0, changed: 0, unchanged: 0 };
const result = (over: Partial<Result> = {}): Result => ({
  ...none,
  left_out: [],
  things: { place: none, facility: none, route: none },
  differences: [],
  differences_count: 0,
  conflicts: [],
  conflicts_count: 0,
  needed_count: 0,
  gone: [],
  gone_count: 0,
  columns: [],
  lacking: [],
  lacking_count: 0,
  ...over,
});
const found = (over: Partial<Result> = {}): Found => ({
  lines: "b".repeat(64),
  rows: 3,
  read_as: [],
  fields: {},
  result: result(over),
});
const asked: Asked = {
  blob: "a".repeat(64),
  name: "steder.csv",
  source: null,
  crs: 25832,
  choices: { lat_first: null, columns: [], seen_on: null, saved_on: null },
};
const job = (over: Partial<Job> = {}): Job => ({
  id: "c".repeat(64),
  asked,
  by: { id: "x", name: "Jette" },
  at: "2026-03-05T10:00:00Z",
  state: "reading",
  step: "reading",
  rows: 0,
  of: null,
  ahead: 0,
  refused: null,
  found: null,
  moved: false,
  imported: false,
  ...over,
});
const conflict = (over: Partial<Conflict> = {}): Conflict => ({
  kind: "place",
  id: "p1",
  name: "Bænken",
  field: "name",
  label: "navn",
  here: "»Min bænk«",
  register: "»Bænken«",
  new: true,
  choice: true,
  by: null,
  on: null,
  ...over,
});
const gone = (over: Partial<Gone> = {}): Gone => ({ kind: "facility", id: "f1", name: "Bordet", edited: [], ...over });

describe("before anything is sent", () => {
  test("a file that is too large is told its size, the limit, and what to do", () => {
    const words = cannot({ name: "stier.gpkg", size: LIMIT + 6 * 1024 * 1024 });
    expect(words).toContain("stier.gpkg fylder 70 MB, og grænsen er 64 MB");
    expect(words).toContain("Gem kommunens egne rækker");
    expect(cannot({ name: "stier.gpkg", size: LIMIT })).toBeNull();
  });

  test("an empty file is refused, and a small one is never 0 MB", () => {
    expect(cannot({ name: "tom.csv", size: 0 })).toContain("tom.csv er tom (0 byte)");
    expect([1, 1024 * 1024, 12_950_000].map(megabytes)).toEqual(["0,1 MB", "1 MB", "12,4 MB"]);
  });

  test("the name of what is sent is the SHA-256 of its bytes", async () => {
    expect(await sha256(new Blob(["abc"]))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  test("a file that was moved since it was chosen is told as that", async () => {
    const moved = { arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")) } as unknown as Blob;
    await expect(sha256(moved)).rejects.toThrow("Vælg den igen");
  });

  test("the day on which it was saved goes with it, where anybody knows it", () => {
    expect(savedOn({ lastModified: new Date(2026, 2, 5, 12).getTime() })).toBe("2026-03-05");
    expect(savedOn({ lastModified: 0 })).toBeNull();
  });

  test("what the server says of it is told, and an answer that is none of ours too", () => {
    expect(refusal(507, '{"code":"full","detail":"Der er ikke plads."}').message).toBe("Der er ikke plads.");
    expect(refusal(502, "<html>").message).toBe("Filen blev ikke taget imod. Prøv igen om lidt.");
  });
});

/** A server that takes what is sent when the test says so. */
class Line {
  static last: Line;
  readonly upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } = {};
  status = 0;
  responseText = "";
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  opened: string[] = [];
  constructor() {
    Line.last = this;
  }
  open(method: string, path: string): void {
    this.opened = [method, path];
  }
  setRequestHeader(): void {}
  send(): void {
    sent.resolve();
  }
  abort(): void {
    this.onabort?.();
  }
  answer(status: number, body = ""): void {
    this.status = status;
    this.responseText = body;
    this.onload?.();
  }
}
const gate = () => {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
let sent = gate();

describe("on its way", () => {
  const real = { XMLHttpRequest: globalThis.XMLHttpRequest, fetch: globalThis.fetch };
  const posted: unknown[] = [];
  beforeEach(() => {
    sent = gate();
    posted.length = 0;
    globalThis.XMLHttpRequest = Line as unknown as typeof XMLHttpRequest;
    globalThis.fetch = (_path, init) => {
      posted.push(JSON.parse(String(init?.body)));
      return Promise.resolve(new Response(JSON.stringify({ id: "job" }), { status: 202 }));
    };
  });
  afterEach(() => {
    Object.assign(globalThis, real);
    upload.value = null;
  });
  const file = () => new File(["abc"], "steder.csv", { lastModified: new Date(2026, 2, 5, 12).getTime() });

  test("it tells how much is sent, and then has the file read", async () => {
    const done = begin(file());
    await sent.promise;
    expect(Line.last.opened).toEqual(["PUT", `/api/v1/blobs/${await sha256(file())}`]);
    Line.last.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 });
    expect(upload.value).toMatchObject({ phase: "sending", share: 0.25, name: "steder.csv" });
    Line.last.answer(204);
    expect(await done).toBe("job");
    expect(posted).toMatchObject([{ name: "steder.csv", source: null, choices: { saved_on: "2026-03-05" } }]);
    expect(upload.value).toBeNull();
  });

  test("it can be stopped, and nothing is read then", async () => {
    const done = begin(file());
    await sent.promise;
    stop();
    expect(await done).toBeNull();
    expect([upload.value, posted]).toEqual([null, []]);
  });

  test("a line that breaks keeps the file, and says what to do", async () => {
    const done = begin(file());
    await sent.promise;
    Line.last.onerror?.();
    expect(await done).toBeNull();
    expect(upload.value).toMatchObject({ phase: "wrong", again: true });
    expect(upload.value?.wrong).toContain("Prøv igen");
  });

  test("of two files at once the second waits for nobody and is not taken", async () => {
    const done = begin(file());
    await sent.promise;
    expect(await begin(file())).toBeNull();
    Line.last.answer(204);
    expect(await done).toBe("job");
  });
});

describe("while it is read", () => {
  test("it says how far it is, of how many where that is known", () => {
    expect(progress(job({ state: "waiting", ahead: 2 }))).toBe("Venter. Der er 2 filer foran.");
    expect(progress(job())).toBe("Læser filen.");
    expect(progress(job({ rows: 3000, of: 9000 }))).toBe("Læser: 3.000 af 9.000 rækker.");
    expect(progress(job({ rows: 1, of: 1 }))).toBe("Læser: 1 række indtil nu.");
    expect(progress(job({ step: "trying" }))).toContain("Ser efter");
    expect([share(job({ rows: 3, of: 12 })), share(job()), share(job({ step: "trying", rows: 3, of: 3 }))]).toEqual([
      25,
      null,
      null,
    ]);
  });
});

describe("what was found", () => {
  const left = (over: Partial<Left>): Left => ({
    layer: "x",
    row: 1,
    code: "same",
    title: "den samme",
    reason: "",
    ...over,
  });

  test("rows that were left out stand by reason, the most frequent first, and a remark is no row", () => {
    const told = result({
      left_out: [
        left({ row: 4, title: "uden for kommunen" }),
        left({ row: 5 }),
        left({ row: null, rows: 7 }),
        left({ row: null, rows: 0, title: "uden dato" }),
      ],
    });
    expect(byReason(told).map((one) => [one.title, one.rows])).toEqual([
      ["den samme", 8],
      ["uden for kommunen", 1],
    ]);
    expect([leftOut(told), remarks(told).length]).toEqual([9, 1]);
  });

  test("counts are told by what they are", () => {
    const told = result({ things: { place: { ...none, new: 12 }, facility: none, route: { ...none, new: 1 } } });
    expect(things(told, "new")).toBe("12 mødesteder og 1 rute");
    expect(things(told, "changed")).toBe("");
    const sums = { at: "", by: { id: "", name: null }, name: null, source: null };
    expect(came({ ...sums, new: 1, changed: 2, unchanged: 0, left_out: 3 })).toBe("1 ny, 2 ændrede, 3 udeladt");
    expect(came({ ...sums, ...none, left_out: 0 })).toBe("ingen rækker");
  });

  test("who wrote what stands here is told as far as anybody knows", () => {
    expect(writer(conflict({ by: "Jette" }), "3. marts")).toBe("Jeres, Jette, 3. marts");
    expect([writer(conflict(), null), writer(conflict({ by: "Jette" }), null)]).toEqual(["Jeres", "Jeres, Jette"]);
    expect(toldWords(conflict({ needed: true, here: "»Grus«" }))).toContain("skal have det. Her står stadig: »Grus«");
  });

  test("a column that is chosen again as it was guessed needs no saying, and one that was said can be taken back", () => {
    const one = { layer: "x", column: "Bredde", read_as: "lat", reason: "" };
    const said = say([], one, "width_cm");
    expect([said, readAs(one, said)]).toEqual([[{ heading: "Bredde", read_as: "width_cm" }], "width_cm"]);
    expect(say([], one, "lat")).toEqual([]);
    expect(readAs(one, say(said, one, "lat"))).toBe("lat");
  });

  test("a number of a coordinate system that is none is told, with one that is", () => {
    expect(wrongOf("", "andet", "x").get("import/number")).toContain("som 25832");
    expect([...wrongOf("", "andet", "25832"), ...wrongOf("Stier", "25833", "")]).toEqual([]);
  });
});

describe("what is chosen", () => {
  test("what people wrote stays until somebody says otherwise, and an old choice is not asked for again", () => {
    const [fresh, old] = [conflict(), conflict({ field: "ground", new: false })];
    const all = found({
      conflicts: [fresh, old, conflict({ field: "where", choice: undefined as never, needed: true })],
    });
    expect([whose(NONE, fresh), whose(NONE, old), unsaid(all, NONE)]).toEqual([null, "ours", 1]);
    expect(argsOf(asked, all, NONE)).toEqual({
      blob: "b".repeat(64),
      source: null,
      name: "steder.csv",
      choices: { take: [], keep: [], crs: 25832, lat_first: null },
    });
    const said = { ...NONE, fields: { [keyOf(fresh)]: "register", [keyOf(old)]: "ours" } as const };
    expect(argsOf(asked, all, said).choices).toMatchObject({ take: [{ kind: "place", id: "p1", field: "name" }] });
    expect(unsaid(all, said)).toBe(0);
  });

  test("what is gone stays where nobody says a word; what was kept before is kept on", () => {
    const [one, two, three] = [gone(), gone({ id: "f2", kept: true }), gone({ id: "f3" })];
    const all = found({ gone: [one, two, three] });
    const said = { ...NONE, gone: { [keyOf(three)]: "withdraw" } as const };
    expect([one, two, three].map((of) => stays(said, of))).toEqual([null, "keep", "withdraw"]);
    expect(argsOf(asked, all, said).choices).toMatchObject({ keep: [{ kind: "facility", id: "f2" }] });
    expect(withdrawn(all, said).map(({ id }) => id)).toEqual(["f3"]);
  });

  test("a file that was read anew was not sent yet, though it was before", () => {
    const said = { ...NONE, sent: { at: "2026-03-05T10:00:00Z", ops: ["o1"] } };
    expect(opsOf(said, job())).toEqual(["o1"]);
    expect(opsOf(said, job({ at: "2026-04-05T10:00:00Z" }))).toEqual([]);
  });
});
