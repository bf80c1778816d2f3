/** Days and hours as people write them in Danish. Pure: a day is "YYYY-MM-DD", an hour "HH:MM", and today is told. */

/** Where something stands in a text: from the first letter to after the last. */
export interface Found<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number;
  /** It can be meant in another way. */
  readonly unsure: boolean;
}

const MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const MONTH =
  "(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)";
const WEEKDAYS = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"];
const SHORT: Readonly<Record<string, number>> = {
  søn: 0,
  man: 1,
  tirs: 2,
  tir: 2,
  ons: 3,
  tors: 4,
  tor: 4,
  fre: 5,
  lør: 6,
};
const WEEKDAY = "(søndag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag)";
/** A weekday before a date, also cut short: "tors. d. 3/12". */
const BEFORE = `(?:(?<day>søndag|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søn|man|tirs?|ons|tors?|fre|lør)\\.?,?\\s+)?(?:d(?:en|\\.)?\\s*)?`;
const CODES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const DAY_MS = 86_400_000;

export function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The day, null where the calendar has none such. */
function made(year: number, month: number, date: number): string | null {
  const day = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : day;
}

/** A day without its year: the next such day. Where the weekday is told, the year in which it is that one. */
function next(
  month: number,
  date: number,
  told: number | null,
  today: string,
): { day: string; unsure: boolean } | null {
  const year = Number(today.slice(0, 4));
  // A 29 February may be seven years away.
  const coming = Array.from({ length: 9 }, (_, i) => made(year + i, month, date)).filter(
    (day): day is string => day !== null && day >= today,
  );
  const first = coming[0];
  if (first === undefined) return null;
  if (told === null || weekday(first) === told) return { day: first, unsure: false };
  return { day: coming.slice(0, 2).find((day) => weekday(day) === told) ?? first, unsure: true };
}

const asWeekday = (word: string | undefined): number | null => {
  if (word === undefined) return null;
  const folded = word.toLowerCase();
  const whole = WEEKDAYS.indexOf(folded);
  return whole >= 0 ? whole : (SHORT[folded] ?? null);
};

const EDGE = "(?<![\\p{L}\\p{N}])";
const END = "(?![\\p{L}\\p{N}])";
const WRITTEN = new RegExp(
  `${EDGE}${BEFORE}(?<date>\\d{1,2})\\.?\\s*(?<month>${MONTH.slice(1, -1)})\\.?${END}(?:,?\\s*(?<year>20\\d\\d))?`,
  "iu",
);
const FIGURES = new RegExp(
  `${EDGE}${BEFORE}(?<date>\\d{1,2})\\s?(?:/|-|\\.)\\s?(?<month>\\d{1,2})(?:\\s?(?:/|-|\\.)\\s?(?<year>20\\d\\d|\\d\\d))?${END}`,
  "giu",
);
const ISO = new RegExp(`${EDGE}(20\\d\\d)-(\\d\\d)-(\\d\\d)${END}`, "u");
const NEAR = new RegExp(`${EDGE}(i dag|i aften|i morgen|i overmorgen)${END}`, "iu");
const ALONE = new RegExp(`${EDGE}(?:(på|førstkommende|kommende|næste)\\s+)?${WEEKDAY}${END}`, "iu");

/** The first day that a text names. */
export function dayIn(text: string, today: string): Found<string> | null {
  return written(text, today) ?? iso(text) ?? figures(text, today) ?? near(text, today) ?? alone(text, today);
}

function written(text: string, today: string): Found<string> | null {
  const match = WRITTEN.exec(text);
  const parts = match?.groups;
  if (!match || !parts) return null;
  const month = MONTHS.indexOf((parts.month ?? "").slice(0, 3).toLowerCase()) + 1;
  const day = asWeekday(parts.day);
  // "5.-6. december": it begins on the first of them, and for how many days a person says.
  const first = /(\d{1,2})\.?\s*(?:-|–|til|og)\s*$/.exec(text.slice(0, match.index));
  if (first && Number(first[1]) < Number(parts.date)) {
    const found = dated(match, month, Number(first[1]), parts.year, null, today);
    return found && { ...found, from: first.index, unsure: true };
  }
  return dated(match, month, Number(parts.date), parts.year, day, today);
}

function figures(text: string, today: string): Found<string> | null {
  for (const match of text.matchAll(FIGURES)) {
    const parts = match.groups ?? {};
    // 17.30 and 10-12 are hours unless a year or "den" says otherwise; 3/12 is a day.
    const isDay =
      match[0].includes("/") || parts.year !== undefined || /(^|\s)d(en|\.)/i.test(match[0]) || parts.day !== undefined;
    if (!isDay || /kl(okken)?\.?\s*$/i.test(text.slice(0, match.index))) continue;
    const year = parts.year?.length === 2 ? `20${parts.year}` : parts.year;
    const found = dated(match, Number(parts.month), Number(parts.date), year, asWeekday(parts.day), today);
    if (found) return found;
  }
  return null;
}

function iso(text: string): Found<string> | null {
  const match = ISO.exec(text);
  const day = match && made(Number(match[1]), Number(match[2]), Number(match[3]));
  return match && day ? { value: day, from: match.index, to: match.index + match[0].length, unsure: false } : null;
}

function dated(
  match: RegExpExecArray | RegExpMatchArray,
  month: number,
  date: number,
  year: string | undefined,
  told: number | null,
  today: string,
): Found<string> | null {
  const at = { from: match.index ?? 0, to: (match.index ?? 0) + match[0].length };
  if (year === undefined) {
    const found = next(month, date, told, today);
    return found && { ...at, value: found.day, unsure: found.unsure };
  }
  const day = made(Number(year), month, date);
  // A day that is over, or is another weekday than the text says, is looked at once more.
  return day === null ? null : { ...at, value: day, unsure: day < today || (told !== null && weekday(day) !== told) };
}

function near(text: string, today: string): Found<string> | null {
  const match = NEAR.exec(text);
  if (!match) return null;
  const word = (match[1] ?? "").toLowerCase();
  const days = word === "i morgen" ? 1 : word === "i overmorgen" ? 2 : 0;
  // The text may be older than the day on which it is pasted.
  return { value: plus(today, days), from: match.index, to: match.index + match[0].length, unsure: true };
}

function alone(text: string, today: string): Found<string> | null {
  const match = ALONE.exec(text);
  const told = asWeekday(match?.[2]);
  if (!match || told === null) return null;
  const days = (told - weekday(today) + 7) % 7 || 7;
  return { value: plus(today, days), from: match.index, to: match.index + match[0].length, unsure: true };
}

export interface Series {
  readonly rrule: string;
  readonly weekday: number;
}

const NTH: Readonly<Record<string, number>> = { første: 1, anden: 2, tredje: 3, fjerde: 4, sidste: -1 };
const MONTHLY = new RegExp(
  `${EDGE}(?:(?:hver|den|hver den)\\s+)?(første|anden|tredje|fjerde|sidste|[1-4]\\.)\\s+${WEEKDAY}\\s+i\\s+(?:måneden|hver måned)${END}`,
  "iu",
);
const WEEKLY = new RegExp(
  `${EDGE}(?:hver(?:t)?\\s+(?:(anden|2\\.|tredje|3\\.|fjerde|4\\.)\\s+)?${WEEKDAY}|alle\\s+${WEEKDAY}e|${WEEKDAY}e)${END}`,
  "iu",
);

/** What comes again: "hver anden tirsdag", "første mandag i måneden". */
export function seriesIn(text: string): Found<Series> | null {
  const monthly = MONTHLY.exec(text);
  if (monthly) {
    const word = (monthly[1] ?? "").toLowerCase();
    const day = asWeekday(monthly[2]) ?? 0;
    const nth = NTH[word] ?? Number.parseInt(word, 10);
    const rrule = `FREQ=MONTHLY;BYDAY=${nth}${CODES[day]}`;
    return {
      value: { rrule, weekday: day },
      from: monthly.index,
      to: monthly.index + monthly[0].length,
      unsure: false,
    };
  }
  const weekly = WEEKLY.exec(text);
  if (!weekly) return null;
  const day = asWeekday(weekly[2] ?? weekly[3] ?? weekly[4]) ?? 0;
  const every = { anden: 2, "2.": 2, tredje: 3, "3.": 3, fjerde: 4, "4.": 4 }[(weekly[1] ?? "").toLowerCase()] ?? 1;
  const rrule = `FREQ=WEEKLY${every > 1 ? `;INTERVAL=${every}` : ""};BYDAY=${CODES[day]}`;
  return { value: { rrule, weekday: day }, from: weekly.index, to: weekly.index + weekly[0].length, unsure: false };
}

/** The first day, today or later, that a series' rule gives. */
export function firstOf(series: Series, today: string): string {
  let day = plus(today, (series.weekday - weekday(today) + 7) % 7);
  const nth = /BYDAY=(-?\d)/.exec(series.rrule)?.[1];
  for (let tries = 0; nth !== undefined && tries < 10; tries++, day = plus(day, 7)) {
    const date = Number(day.slice(8));
    if (nth === "-1" ? plus(day, 7).slice(5, 7) !== day.slice(5, 7) : Math.ceil(date / 7) === Number(nth)) break;
  }
  return day;
}

export interface Hours {
  readonly starts: string;
  readonly ends: string | null;
}

const HOUR = "([01]?\\d|2[0-4])(?:[.:]([0-5]\\d))?";
const TO = "\\s*(?:-|–|—|til(?:\\s+kl\\.?|\\s+klokken)?|og\\s+slutter\\s+kl\\.?)\\s*(?:kl\\.?\\s*)?";
const AT = new RegExp(
  `${EDGE}(?:fra\\s+)?(?:kl\\.?|klokken)\\s*${HOUR}(?:${TO}${HOUR})?(?:\\s*(?:uhr|h))?${END}`,
  "iu",
);
const BARE = new RegExp(
  `${EDGE}(?:fra\\s+)?([01]?\\d|2[0-3])[.:]([0-5]\\d)(?:${TO}${HOUR})?${END}(?!\\s*(?:kr|km|m\\b|%))`,
  "iu",
);
const FROM = new RegExp(
  `${EDGE}fra\\s+${HOUR}\\s*(?:til|-|–)\\s*${HOUR}${END}(?!\\s*(?:kr|km|år|m\\b|%|\\.?\\s*${MONTH}))`,
  "iu",
);

/** The hours that a text names: "kl. 17.30-20". */
export function hoursIn(text: string): Found<Hours> | null {
  const match = AT.exec(text) ?? FROM.exec(text) ?? BARE.exec(text);
  if (!match) return null;
  const starts = clock(match[1], match[2]);
  if (starts === null) return null;
  const ends = match[3] === undefined ? null : clock(match[3], match[4]);
  const low = Number(match[1]) < 7;
  return { value: { starts, ends }, from: match.index, to: match.index + match[0].length, unsure: low };
}

function clock(hour: string | undefined, minute: string | undefined): string | null {
  const number = Number(hour) % 24;
  return Number.isNaN(number) ? null : `${String(number).padStart(2, "0")}:${minute ?? "00"}`;
}
