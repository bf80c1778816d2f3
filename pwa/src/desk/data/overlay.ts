// What an edit will have done, shown before the server has said so. Pure: the thing as it stands, and the op.
import { local } from "../../geo/copenhagen.ts";
import type { OpShown } from "../../store/overlay.ts";
import { NO_DAYS_OFF, type Off, timesOf, writtenOut } from "./dates.ts";
import type { Change, Schedule } from "./things.ts";

type Body = Record<string, unknown>;
/** `off`: the days that a series may leave out. */
type Overlay = (thing: Body | undefined, op: OpShown, off: Off) => Body | undefined;

/** Fields that stand beside the body, among what is staff's own. */
const STAFFS: Readonly<Record<string, readonly string[]>> = {
  place: ["notes", "last_seen_on"],
  event: ["notes", "schedule"],
  organiser: ["notes", "at_once"],
};
const NO_ACCESS = { step_free: null, width_cm: null, kerb_cm: null, gate_cm: null, slope_pct: null, door_cm: null };
/** What null makes of a field that can not be null in a body (server/domain/place.py EMPTY). */
const EMPTY: Body = { access: NO_ACCESS, approaches: [], photos: [], closures: [], facility_ids: [] };
const EMPTY_OF: Readonly<Record<string, Body>> = { event: { themes: [] }, organiser: {} };
const FIVE = { where: null, amenities: null, ground: null, purpose: null, activities: null };

const NEW: Readonly<Record<string, Body>> = {
  place: {
    ...{ slug: "", form: "spot", state: "idea", name: { da: "" }, point: null, route_id: null, url: null },
    ...{ ...FIVE, surface: null, way_in: null, hours: null, contact: null, first_time: null, guests_welcome: null },
    ...{ appointed_on: null, organiser_id: null, faults: [], ...EMPTY },
    staff: { missing: [], notes: null, last_seen_on: null },
  },
  facility: {
    ...{ code: null, type_text: "", name: null, point: [0, 0], access: NO_ACCESS, season: null, open_24h: null },
    ...{ source: "", faults: [] },
  },
  route: {
    ...{ slug: "", name: { da: "" }, modes: [], length_m: 0, loop: false, source: "", season: null, approaches: [] },
    ...{ faults: [], closures: [], stretches: [], near: [], place_ids: [] },
  },
  organiser: { slug: "", name: "", url: null, staff: { at_once: false, notes: null } },
  event: {
    ...{ slug: "", name: { da: "" }, about: null, place_id: null, route_id: null, url: null, where: null, point: null },
    ...{ organiser_id: null, host: null, price: null, free: false, bring: null, access: null, themes: [], level: null },
    ...{ newcomers: null, state: "draft", why: null, tz: "Europe/Copenhagen", rule: null, split_from: null, times: [] },
    staff: { schedule: null, changes: [], missing: [], notes: null, decided: null, calendar_id: null },
  },
};

/** The body that a new thing of this kind has before anything is said of it. */
export const blank = (kind: string, id: string): Body => ({ ...NEW[kind], id });

/** The thing with these fields laid over it. */
export function laid(kind: string, thing: Body, set: Readonly<Body>): Body {
  const next: Body = { ...thing };
  for (const [name, value] of Object.entries(set)) {
    if (name === "public" || name === "order") continue;
    if (name === "stretches") next.stretches = stretches(next.stretches as Body[], value as Body[], set.order);
    else if (STAFFS[kind]?.includes(name)) next.staff = { ...(next.staff as Body), [name]: value };
    else next[name] = value ?? (EMPTY_OF[kind] ?? EMPTY)[name] ?? null;
  }
  return next;
}

function stretches(have: readonly Body[], said: readonly Body[], order: unknown): Body[] {
  const all = new Map(have.map((one) => [one.id, one]));
  for (const one of said)
    all.set(one.id, { surface: null, access: NO_ACCESS, length_m: 0, ...all.get(one.id), ...one });
  const ids = Array.isArray(order) ? order : [...all.keys()];
  return ids.map((id) => all.get(id)).filter((one) => one !== undefined);
}

const save =
  (kind: string): Overlay =>
  (thing, op) =>
    laid(kind, thing ?? blank(kind, op.subject.id), (op.args.set ?? {}) as Body);

const overlays: Readonly<Record<string, Overlay>> = {
  save_place: save("place"),
  save_facility: save("facility"),
  save_route: save("route"),
  save_organiser: save("organiser"),
  save_event: (thing, op, off) => event(save("event")(thing, op, off), off),
  move_event: (thing, op) => thing && { ...thing, state: op.args.to, why: op.args.why ?? null },
  change_time: (thing, op, off) => thing && timed(thing, op.args.change as Change, off),
  save_settings: (thing, op) => {
    // A map is shown as opened, or a trial as ended, once the server says that it is.
    const { launch: _, ...set } = (op.args.set ?? {}) as Body;
    return thing && laid("settings", thing, set);
  },
  move_state: (thing, op) =>
    thing && {
      ...thing,
      state: op.args.to,
      ...(op.args.to === "dissolved"
        ? { dissolved_on: op.at.slice(0, 10), why: op.args.why ?? null, successor_id: op.args.successor_id ?? null }
        : {}),
    },
  withdraw: () => undefined,
  merge: () => undefined,
  answer_fault: (thing, op) => {
    const { state, taken_by, answer } = op.args;
    return thing && { ...thing, state, taken_by: taken_by ?? thing.taken_by, answer: answer ?? thing.answer };
  },
};

/** What an event lacks and when it is, as the server will say it. A rule that is not one of ours keeps its times until then. */
function event(thing: Body | undefined, off: Off): Body | undefined {
  if (!thing) return thing;
  const staff = thing.staff as Body & { schedule: Schedule | null; changes: readonly Change[] };
  const missing = [
    ...(thing.place_id || thing.route_id || thing.url || thing.where ? [] : ["place_id"]),
    ...(staff.schedule ? [] : ["schedule"]),
  ];
  const today = local(Date.now()).date;
  const times = staff.schedule
    ? timesOf(String(thing.id), staff.schedule, staff.changes, off, today, writtenOut(today))
    : [];
  return { ...thing, times: times ?? thing.times, staff: { ...staff, missing } };
}

/** What is said of one time takes the place of what was said of it. */
function timed(thing: Body, change: Change, off: Off): Body {
  const staff = thing.staff as (Body & { changes?: readonly Change[] }) | undefined;
  const rest = (staff?.changes ?? []).filter(({ day }) => day !== change.day);
  return event({ ...thing, staff: { ...staff, changes: [...rest, change] } }, off) ?? thing;
}

/** `things` by id with every op of this kind laid over in order; the same map where nothing changes. */
export function laidOver(
  things: ReadonlyMap<string, unknown>,
  kind: string,
  ops: readonly OpShown[],
  off: Off = NO_DAYS_OFF,
): ReadonlyMap<string, unknown> {
  let shown: Map<string, unknown> | null = null;
  for (const op of ops) {
    const how = op.subject.kind === kind ? overlays[op.verb] : undefined;
    if (!how) continue;
    shown ??= new Map(things);
    const next = how(shown.get(op.subject.id) as Body | undefined, op, off);
    if (next) shown.set(op.subject.id, next);
    else shown.delete(op.subject.id);
  }
  return shown ?? things;
}
