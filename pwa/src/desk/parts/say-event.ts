/** What stands in the fields of events and organisers alone, in words. Pure. */
import { ruleOf } from "../data/dates.ts";
import type { Event } from "../data/things.ts";
import { and, DAYS, day } from "../words.ts";

type Fields = Readonly<Record<string, unknown>>;

export const EVENT_WORDS: Readonly<Record<string, string>> = {
  place_id: "Sted",
  schedule: "Hvornår",
  changes: "Enkelte gange",
  host: "Hvem tager imod",
  about: "Om det",
  newcomers: "Ny her",
  price: "Pris",
  free: "Gratis",
  bring: "Tag med",
  themes: "Hvad slags det er",
  level: "Hvem det er for",
  at_once: "Vises med det samme",
  split_from: "Delt fra",
};

export const THEMES: Readonly<Record<string, string>> = {
  ...{ coffee: "kaffe", food: "mad", walk: "gåtur", movement: "bevægelse", music: "musik", craft: "håndarbejde" },
  ...{ nature: "natur", games: "spil", talk: "foredrag og snak", culture: "kultur" },
};
const LEVELS: Readonly<Record<string, string>> = {
  try: "prøv noget nyt",
  open: "for alle",
  used: "for den, der har gjort det før",
};
export const STATES: Readonly<Record<Event["state"], string>> = {
  ...{ draft: "kladde", proposed: "forslag", public: "vises", cancelled: "aflyst" },
};
const FREQ: Readonly<Record<string, string>> = { DAILY: "dag", WEEKLY: "uge", MONTHLY: "måned", YEARLY: "år" };
const FIVE = ["who_meets_you", "where", "how_many", "first_minutes", "leaving"];

/** Null for what is of another kind of thing. */
export function sayEvent(field: string, value: unknown): string | null {
  if (field === "themes" && Array.isArray(value)) return and(value.map((one) => THEMES[String(one)] ?? String(one)));
  if (field === "level") return LEVELS[String(value)] ?? null;
  if (field === "state") return STATES[value as Event["state"]] ?? null;
  if (field === "changes" && Array.isArray(value)) return value.map((one) => changeWords(one as Fields)).join("; ");
  if (typeof value !== "object" || value === null) return null;
  const fields = value as Fields;
  if (field === "schedule") return scheduleWords(fields);
  if (field === "host") return [fields.name, fields.phone].filter(Boolean).join(", ");
  if (field === "newcomers") return FIVE.map((one) => (fields[one] as Fields | null)?.da ?? "–").join("\n");
  return null;
}

const clock = (at: unknown): string =>
  String(at)
    .replace(/^0(?=\d)/, "")
    .replace(/:00$/, "")
    .replace(":", ".");

/** "10. marts 2026, kl. 17–19, hver uge (tirsdag), ikke i skoleferier" */
function scheduleWords(when: Fields): string {
  const hours =
    when.starts === null ? "hele dagen" : `kl. ${clock(when.starts)}${when.ends ? `–${clock(when.ends)}` : ""}`;
  const skips = (when.skips as readonly string[] | undefined) ?? [];
  const days = (list: unknown, words: string) =>
    Array.isArray(list) && list.length > 0 ? `${words} ${and(list.map((one) => day(String(one))))}` : "";
  return [
    when.date ? day(String(when.date)) : "ingen dag",
    hours,
    when.rrule ? ruleWords(String(when.rrule)) : "kun den ene gang",
    skips.includes("school") && "ikke i skoleferier",
    skips.includes("holidays") && "ikke på helligdage",
    days(when.left_out, "ikke"),
    days(when.also, "også"),
  ]
    .filter(Boolean)
    .join(", ");
}

const FROM_END = -1;

function ruleWords(rrule: string): string {
  const rule = ruleOf(rrule);
  if (!rule) return rrule;
  const unit = FREQ[rule.freq] ?? "";
  const each = rule.interval === 1 ? (unit === "år" ? "hvert år" : `hver ${unit}`) : `hver ${rule.interval}. ${unit}`;
  const nth = (n: number) => (n === 0 ? "" : n === FROM_END ? "den sidste " : `den ${n}. `);
  const on = [
    ...rule.days.map((one) => `${nth(one.nth)}${DAYS[one.day] ?? ""}`),
    ...rule.monthDays.map((one) => (one === FROM_END ? "den sidste dag" : `den ${one}.`)),
  ];
  const ends = rule.until ? `, til og med ${day(rule.until)}` : rule.count ? `, ${rule.count} gange` : "";
  return `${each}${on.length > 0 ? ` (${and(on)})` : ""}${ends}`;
}

const TIME_STATES: Readonly<Record<string, string>> = { cancelled: "aflyst", moved: "flyttet" };

/** "10. marts 2026: flyttet til 11. marts 2026, fordi …" */
function changeWords(change: Fields): string {
  const said = [
    TIME_STATES[String(change.state)],
    change.date && `til ${day(String(change.date))}`,
    change.starts && `kl. ${clock(change.starts)}`,
    change.full && "fuldt",
    (change.why as Fields | null)?.da,
    (change.meeting as Fields | null)?.da,
  ].filter(Boolean);
  return `${day(String(change.day))}: ${said.join(", ") || "som planlagt"}`;
}
