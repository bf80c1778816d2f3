/** A draft of an event from pasted Danish text, as it stands in a mail or on a poster. Pure: nothing is sent anywhere.
 *
 * What is not sure is named, so that the person looks at it; what is no fact of its own stays as the description. */
import type { Schedule } from "../../api/types.gen.ts";
import { dayIn, type Found, firstOf, hoursIn, seriesIn } from "./days.ts";

export interface KnownPlace {
  readonly id: string;
  /** In Danish. */
  readonly name: string;
}

/** The fields of save_event that a text can fill. */
export interface Draft {
  name?: { da: string };
  about?: { da: string };
  place_id?: string;
  where?: { da: string };
  url?: string;
  host?: { name: string; phone: string | null };
  price?: { da: string };
  free?: boolean;
  schedule?: Schedule;
}

export type DraftField = keyof Draft;

export interface FromText {
  readonly set: Draft;
  readonly unsure: readonly DraftField[];
}

const LONGEST_TEXT = 20_000;
const LONGEST_NAME = 80;
const LONGEST_ABOUT = 4_000;

/** What a text says of an event. `today`: YYYY-MM-DD in the municipality. A field that is not there was not found. */
export function fromText(pasted: string, places: readonly KnownPlace[], today: string): FromText {
  const { subject, text } = cleaned(pasted);
  const set: Draft = {};
  const unsure = new Set<DraftField>();
  const taken: Array<readonly [number, number]> = [];
  const take = <T>(found: Found<T> | null): Found<T> | null => {
    if (found) taken.push([found.from, found.to]);
    return found;
  };

  when(
    text.replace(DEADLINE, (words) => " ".repeat(words.length)),
    today,
    set,
    unsure,
    take,
  );
  const place = take(placeIn(text, places));
  if (place) {
    if (place.value.id) set.place_id = place.value.id;
    else set.where = { da: place.value.name };
    if (place.unsure) unsure.add(place.value.id ? "place_id" : "where");
  }
  const price = take(priceIn(text));
  if (price) {
    if (price.value === null) set.free = true;
    else set.price = { da: price.value };
    if (price.unsure) unsure.add(price.value === null ? "free" : "price");
  }
  const host = take(hostIn(text));
  if (host) {
    set.host = host.value;
    if (host.unsure) unsure.add("host");
  }
  const url = /https?:\/\/[^\s<>"')]+[^\s<>"').,;:!?]/.exec(text)?.[0];
  if (url && url.length <= 500) set.url = url;

  const name = nameIn(subject, text, taken);
  if (name) {
    set.name = { da: name.value };
    if (name.unsure) unsure.add("name");
  }
  const about = rest(text, taken, name);
  if (about) set.about = { da: about };
  return { set, unsure: [...unsure] };
}

/** The day by which one says that one comes is not the day on which it is. */
const DEADLINE =
  /(?<!\p{L})(?:senest|inden|før|frist(?:en)?|tilmeldingsfrist)\s*:?\s*(?:er\s+|den\s+|d\.\s*|\p{L}+dag\s+(?:den\s+|d\.\s*)?)*\d{1,2}\s?[./-]\s?(?:\d{1,2}(?:[./-]\d{2,4})?|\p{L}+(?:\s+20\d\d)?)/giu;

type Take = <T>(found: Found<T> | null) => Found<T> | null;

function when(text: string, today: string, set: Draft, unsure: Set<DraftField>, take: Take): void {
  const series = take(seriesIn(text));
  // A weekday within a series is no day of its own.
  const without = series ? blanked(text, series.from, series.to) : text;
  const day = take(dayIn(without, today));
  const hours = take(hoursIn(day ? blanked(without, day.from, day.to) : without));
  if (!day && !series) return;
  const date = day?.value ?? firstOf((series as Found<{ rrule: string; weekday: number }>).value, today);
  set.schedule = {
    date,
    starts: hours?.value.starts ?? null,
    ends: hours?.value.ends ?? null,
    days: 1,
    rrule: series?.value.rrule ?? null,
    skips: [],
    left_out: [],
    also: [],
    sure: true,
  };
  const more = day && dayIn(blanked(without, day.from, day.to).slice(day.to), today);
  if (!hours || hours.unsure || day?.unsure || !day || series || (more && !more.unsure)) unsure.add("schedule");
}

const blanked = (text: string, from: number, to: number): string =>
  text.slice(0, from) + " ".repeat(to - from) + text.slice(to);

const HEADER = /^(fra|til|cc|bcc|sendt|dato|from|to|sent|date|emne|subject|vs|sv|re)\s*:\s*(.*)$/i;

/** Without a mail's head, its quote marks and its greeting. */
function cleaned(pasted: string): { subject: string | null; text: string } {
  let subject: string | null = null;
  const lines: string[] = [];
  const raw = pasted
    .slice(0, LONGEST_TEXT)
    .replace(/\r\n?/g, "\n")
    .replace(/[\u00a0\u2007\u202f]/g, " ")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "");
  const isMail = /^(fra|from)\s*:.*$/im.test(raw) || /^(emne|subject)\s*:.*$/im.test(raw);
  for (const line of raw.split("\n")) {
    const one = line
      .replace(/^(\s*>)+\s?/, "")
      .replace(/[ \t]+/g, " ")
      .trim();
    const header = isMail ? HEADER.exec(one) : null;
    if (header) {
      if (/^(emne|subject)$/i.test(header[1] ?? ""))
        subject = (header[2] ?? "").replace(/^((sv|vs|re|fw|fwd)\s*:\s*)+/i, "").trim() || null;
      continue;
    }
    if (/^(hej|kære|hejsa|goddag|halløj)(\s+\p{L}+){0,3}\s*[,!.]?$/iu.test(one)) continue;
    lines.push(one);
  }
  return {
    subject,
    text: lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  };
}

const fold = (words: string): string => words.toLocaleLowerCase("da").replace(/[’'`]/g, "");

/** The place that is known by a name in the text, the longest name first; else what stands after "Sted:". */
function placeIn(text: string, places: readonly KnownPlace[]): Found<{ id: string | null; name: string }> | null {
  const folded = fold(text);
  const sameLength = folded.length === text.length;
  const names = places
    .flatMap((one) => {
      const short = one.name.split(/,| i | ved | på /)[0]?.trim() ?? "";
      return [
        { ...one, called: one.name, unsure: false },
        ...(short.length >= 6 && short !== one.name ? [{ ...one, called: short, unsure: true }] : []),
      ];
    })
    .sort((a, b) => b.called.length - a.called.length || Number(a.unsure) - Number(b.unsure));
  for (const one of names) {
    const called = fold(one.called);
    if (called.length < 3 || !sameLength) continue;
    const at = wordAt(folded, called);
    if (at < 0) continue;
    const others = names.some((other) => other.id !== one.id && fold(other.called) === called);
    return { value: { id: one.id, name: one.name }, from: at, to: at + called.length, unsure: one.unsure || others };
  }
  const told =
    /^(?:sted|hvor|adresse|lokale)\s*:\s*(.{2,120})$/imu.exec(text) ??
    /(?:sted|hvor|mødested)\s*:\s*([^.,;\n]{2,80})/iu.exec(text);
  if (told?.[1])
    return {
      value: { id: null, name: told[1].trim() },
      from: told.index,
      to: told.index + told[0].length,
      unsure: false,
    };
  const guessed =
    /(?<![\p{L}])(?:i|på|ved)\s+((?:\p{Lu}[\p{L}-]+)(?:[^\S\n]+\p{Lu}[\p{L}-]+){0,3}(?:[^\S\n]+\d+\p{L}?)?)(?![\p{L}])/u.exec(
      text,
    );
  if (!guessed?.[1]) return null;
  return {
    value: { id: null, name: guessed[1] },
    from: guessed.index,
    to: guessed.index + guessed[0].length,
    unsure: true,
  };
}

function wordAt(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text.slice(at + word.length, at + word.length + 2);
    if (!/[\p{L}\p{N}]/u.test(before) && /^(?:s?(?![\p{L}\p{N}])|$)/u.test(after)) return at;
  }
  return -1;
}

const AMOUNT =
  "(?:(?:kr\\.?|dkk)\\s*\\d{1,5}(?:[.,]\\d{2})?(?![\\d])|\\d{1,5}(?:[.,]\\d{2})?\\s*(?:kr\\.?|kroner|dkk|,-))";
const PRICE = new RegExp(
  `(?:(?:pris(?:en)?(?:\\s+er)?|entr[ée]|billet(?:pris)?|koster|betaling)\\s*:?\\s*)?(?<!\\p{L})${AMOUNT}(?:\\s+(?:pr\\.?|per)\\s+[\\p{L}]+)?`,
  "iu",
);
const MANY = new RegExp(AMOUNT, "giu");
const FREE =
  /(?<!\p{L})(?:(?:det\s+er|alt\s+er|er)\s+)?(?:gratis(?:\s+(?:adgang|entr[ée]|at\s+deltage))?|fri\s+(?:adgang|entr[ée])|(?:koster|det\s+koster)\s+ikke\s+noget|uden\s+betaling)(?!\p{L})/iu;

/** null: it is free. */
function priceIn(text: string): Found<string | null> | null {
  const price = PRICE.exec(text);
  const free = FREE.exec(text);
  if (price) {
    const all = text.match(MANY) ?? [];
    // Of several prices the whole clause is kept, as it was written.
    const line = all.length > 1 ? clause(text, price.index) : null;
    const words = line ? line.words : tidied(price[0]);
    const [from, to] = line ? [line.from, line.to] : [price.index, price.index + price[0].length];
    return { value: words, from, to, unsure: all.length > 1 || free !== null };
  }
  return free && { value: null, from: free.index, to: free.index + free[0].length, unsure: false };
}

function clause(text: string, at: number): { words: string; from: number; to: number } {
  const start = Math.max(text.lastIndexOf("\n", at), text.lastIndexOf(". ", at)) + 1;
  const line = text.indexOf("\n", at);
  const to = line < 0 ? text.length : line;
  const words = text.slice(start, to).trim();
  return { words: words.slice(0, 200), from: start, to };
}

const tidied = (words: string): string =>
  words
    .replace(/^(pris(en)?(\s+er)?|entr[ée]|billet(pris)?|koster|betaling)\s*:?\s*/iu, "")
    .replace(/\s*,-$/, " kr.")
    .replace(/\s*(kroner|dkk)$/iu, " kr.")
    .replace(/kr$/iu, "kr.")
    .trim();

const PHONE = "(?:(?:\\+|00)45[ ]?)?(?<!\\d)[1-9]\\d(?:[ ]?\\d\\d){3}(?!\\d)";
const NAME = "\\p{Lu}[\\p{L}-]+(?:\\s+(?:\\p{Lu}\\.|\\p{Lu}[\\p{L}-]+)){0,3}";
const ASKED = new RegExp(
  `(?:tilmelding(?:\\s+(?:senest|inden)[^.\\n]{0,40}?)?|tilmeld(?:\\s+dig)?|kontakt(?:person)?|ring|skriv|sms|spørgsmål|vært(?:en)?|mere\\s+info(?:rmation)?|hilsen|arrangør)\\s*:?\\s*(?:er\\s+)?(?:(?:til|hos|hos\\s+vores|på|ved)\\s+)?(?<name>${NAME})[,\\s(]*(?:(?:på|tlf\\.?|telefon|mobil|t)\\s*[.:]?\\s*){0,3}(?<phone>${PHONE})?`,
  "iu",
);
const BESIDE = new RegExp(
  `(?<name>${NAME})[,\\s(:–-]*(?:(?:på|tlf\\.?|telefon|mobil|t)\\s*[.:]?\\s*){0,3}(?<phone>${PHONE})`,
  "u",
);
const NOT_NAMES =
  /^(mvh|vh|kh|hilsen|venlig|tilmelding|kontakt|ring|tlf|telefon|mobil|pris|kl|den|på|til|vi|sms|spørgsmål|vært|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|mobilepay|senest|alle|du|dig|os|gerne)$/iu;

function hostIn(text: string): Found<{ name: string; phone: string | null }> | null {
  // `i` lets small letters pass for large ones, so a name's first letter is looked at again.
  for (const pattern of [ASKED, BESIDE]) {
    const match = pattern.exec(text);
    const words = (match?.groups?.name ?? "").split(/\s+/);
    const real = words
      .slice(0, words.findIndex((word) => !/^\p{Lu}/u.test(word)) >>> 0)
      .filter((word) => !NOT_NAMES.test(word));
    if (!match || real.length === 0) continue;
    const phone =
      match.groups?.phone ?? new RegExp(PHONE).exec(text.slice(match.index, match.index + 120))?.[0] ?? null;
    const name = real.join(" ");
    return {
      value: { name, phone: phone && spaced(phone) },
      from: match.index,
      to: match.index + match[0].length,
      unsure: phone === null || pattern === BESIDE,
    };
  }
  return null;
}

/** 12 34 56 78 */
const spaced = (phone: string): string => {
  const digits = phone.replace(/\D/g, "").slice(-8);
  return digits.replace(/(\d\d)(?=\d)/g, "$1 ");
};

const GLUE = /[\s,.;:–—-]+$|^[\s,.;:–—•*·-]+/gu;
const LAST_WORDS =
  /(?:[\s,]+(?:i|på|ved|til|den|d|d\.|kl|kl\.|fra|hos|om|og|er|der|hver|afholder|det|bliver|holdes))+$/iu;

/** What it is called: a mail's subject, what stands after "Hvad:", else the beginning of the first line, up to the first fact. */
function nameIn(
  subject: string | null,
  text: string,
  taken: ReadonlyArray<readonly [number, number]>,
): Found<string> | null {
  const told = /^(?:hvad|titel|arrangement|begivenhed)\s*:\s*(.+)$/imu.exec(text);
  if (told?.[1]) return cut(told[1], told.index, told.index + told[0].length, false);
  if (subject) return cut(bare(subject), 0, 0, false);
  const first = text.search(/\S/);
  if (first < 0) return null;
  const line = text.indexOf("\n", first);
  const end = line < 0 ? text.length : line;
  const stop = Math.min(end, ...taken.filter(([from]) => from > first && from < end).map(([from]) => from));
  const sentence = /[.!?]\s|[,:;]\s/.exec(text.slice(first, stop));
  const to = sentence && sentence.index >= 3 ? first + sentence.index : stop;
  const words = bare(text.slice(first, to));
  const begins = taken.some(([from, till]) => from <= first + 4 && till > first);
  if (words.length >= 3 && !begins) return cut(words, first, to, words.split(" ").length > 8);
  // It begins with a fact ("Torsdag den 3. december: Fællesspisning"): what stands after it.
  const after = Math.max(first, ...taken.filter(([from]) => from < first + 4).map(([, till]) => till));
  const left = bare(
    (
      text
        .slice(after)
        .split(/[\n.,!?]/)
        .find((piece) => bare(piece).length >= 3) ?? ""
    ).replace(/^\s*(er der|holder vi|inviterer vi til|:)\s*/iu, ""),
  );
  const at = text.indexOf(left, after);
  return left.length >= 3 ? cut(left, at, at + left.length, true) : null;
}

const bare = (words: string): string => words.replace(GLUE, "").replace(LAST_WORDS, "").replace(GLUE, "").trim();

function cut(words: string, from: number, to: number, unsure: boolean): Found<string> | null {
  const plain = words.replace(/\s+/g, " ").replace(/[<>]/g, "").trim();
  if (!/\p{L}/u.test(plain)) return null;
  if (plain.length <= LONGEST_NAME) return { value: plain, from, to, unsure };
  const space = plain.lastIndexOf(" ", LONGEST_NAME);
  return { value: plain.slice(0, space > 20 ? space : LONGEST_NAME).replace(GLUE, ""), from, to, unsure: true };
}

/** The sentences that say more than the facts that were taken out of them, as they were written. */
function rest(
  text: string,
  taken: ReadonlyArray<readonly [number, number]>,
  name: Found<string> | null,
): string | null {
  const spans = name && name.to > name.from ? [...taken, [name.from, name.to] as const] : taken;
  const lines: string[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const kept: string[] = [];
    let within = at;
    for (const sentence of line.split(/(?<=[.!?])\s+(?=\p{Lu})/u)) {
      const from = text.indexOf(sentence, within);
      within = from + sentence.length;
      const left = [...sentence].length === 0 ? "" : remaining(sentence, from, spans);
      if (left.split(/[^\p{L}]+/u).filter((word) => word.length > 2 && !FILLING.test(word)).length >= 2)
        kept.push(sentence);
    }
    at += line.length + 1;
    if (kept.length > 0 || (line === "" && lines.length > 0)) lines.push(kept.join(" "));
  }
  const about = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/[<>]/g, "")
    .trim();
  return /\p{L}/u.test(about) ? about.slice(0, LONGEST_ABOUT) : null;
}

const FILLING =
  /^(den|der|det|til|fra|ved|hos|klokken|pris|prisen|tilmelding|kontakt|sted|hvor|hvornår|hvad|tid|dato|tlf|telefon|mobil|ring|eller|mvh|hilsen)$/iu;

function remaining(sentence: string, from: number, spans: ReadonlyArray<readonly [number, number]>): string {
  let left = "";
  for (let i = 0; i < sentence.length; i++) {
    const at = from + i;
    left += spans.some(([start, end]) => at >= start && at < end) ? " " : sentence[i];
  }
  return left;
}
