// A desk in Node and the server it speaks to: two lists (all read one, staff both), and answers to ops as the test gives them.
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { vi } from "vitest";
import { Town } from "../../store/town.ts";

export interface Sent {
  readonly id: string;
  readonly verb: string;
  readonly base: string | null;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly args: { readonly set?: Readonly<Record<string, unknown>> };
}
type Reply = Readonly<Record<string, unknown>>;

export type Desk = typeof import("../../../../pwa/src/desk/data/copy.ts") &
  typeof import("../../../../pwa/src/desk/data/write.ts") & {
    readonly draft: typeof import("../../../../pwa/src/desk/data/draft.ts");
    readonly own: typeof import("../../../../pwa/src/store/outbox.ts");
  };

export class Office {
  readonly all = new Town();
  readonly staff = new Town();
  readonly sent: Sent[] = [];
  /** The addresses that were asked. */
  readonly asked: string[] = [];
  network: "there" | "cut" = "there";
  login: "there" | "ended" = "there";
  disk = new IDBFactory();
  /** What becomes of an op; at first each edit goes in. */
  answer: (op: Sent) => Reply = (op) => this.goesIn(op);

  place(id: string, more: Record<string, unknown> = {}): void {
    const name = { da: `Sted ${id}` };
    const staff = { missing: [], notes: null, last_seen_on: null };
    this.staff.put("place", id, {
      id,
      slug: id,
      form: "spot",
      state: "idea",
      name,
      purpose: null,
      where: null,
      staff,
      ...more,
    });
  }

  /** The v that staff read of it now. */
  v(id: string): string | null {
    return this.staff.rows.get(`place\n${id}`)?.v ?? null;
  }

  /** The edit, taken in but for these fields. */
  goesIn(op: Sent, but: readonly string[] = [], conflicts: readonly object[] = []): Reply {
    const body = this.staff.rows.get(`${op.subject.kind}\n${op.subject.id}`)?.body ?? {
      id: op.subject.id,
      state: "idea",
    };
    const set = Object.fromEntries(Object.entries(op.args.set ?? {}).filter(([field]) => !but.includes(field)));
    this.staff.put(op.subject.kind, op.subject.id, { ...body, ...set });
    return { status: "applied", seq: { staff: this.staff.head }, result: { conflicts } };
  }

  /** Somebody else writes this meanwhile. */
  other(id: string, set: Record<string, unknown>): void {
    this.staff.put("place", id, { ...this.staff.rows.get(`place\n${id}`)?.body, ...set });
  }

  /** What whoever makes events for `krolf` reads. */
  private organise(): object {
    const rows = [...this.staff.rows.values()].filter(({ body }) => body?.organiser_id === "krolf");
    const versions = Object.fromEntries(rows.map(({ id, v }) => [id, v]));
    const organiser = { id: "krolf", slug: "krolf", name: "Nykøbing Krolf", url: null };
    return { organiser, events: rows.map(({ body }) => body), versions, asked: [], counts: [], told: [] };
  }

  readonly fetch = async (path: string, init: RequestInit = {}): Promise<Response> => {
    if (this.network === "cut") throw new TypeError("Failed to fetch");
    const url = new URL(path, "http://office");
    const named = url.pathname !== "/api/v1/sync/public";
    if ((init.credentials === "same-origin") !== named) throw new Error(`${path} went with ${init.credentials}`);
    if (named && this.login === "ended") return say({ status: 401, code: "login_needed", detail: "" }, 401);
    this.asked.push(url.pathname);
    if (url.pathname === "/api/v1/organise") return say(this.organise());
    if (url.pathname !== "/api/v1/ops") return (named ? this.staff : this.all).fetch(path, init);
    const lines = String(init.body).split("\n").filter(Boolean);
    const results = lines.map((line) => {
      const op = JSON.parse(line) as Sent;
      this.sent.push(op);
      return { id: op.id, again: false, ...this.answer(op) };
    });
    return say({ epoch: this.staff.epoch, results });
  };

  /** The desk's window, opened anew on the same disk; what the one before had in memory is gone. */
  async opens(person = "kirsten", as: "staff" | "organiser" = "staff"): Promise<Desk> {
    vi.resetModules();
    vi.stubGlobal("indexedDB", this.disk);
    vi.stubGlobal("BroadcastChannel", undefined);
    vi.stubGlobal("fetch", this.fetch);
    const window = new EventTarget();
    vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
    vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
    const draft = await import("../../../../pwa/src/desk/data/draft.ts");
    const write = await import("../../../../pwa/src/desk/data/write.ts");
    const copy = await import("../../../../pwa/src/desk/data/copy.ts");
    const own = await import("../../../../pwa/src/store/outbox.ts");
    await draft.readAll();
    await write.start(person, as);
    return { ...copy, ...write, draft, own };
  }
}

function say(body: object, status = 200): Response {
  const type = status === 200 ? "application/json" : "application/problem+json";
  return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
}
