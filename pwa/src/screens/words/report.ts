/** What was reported in words: what, on what, when, and what became of it. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { Followed } from "../../store/device.ts";
import { VERBS } from "../../store/mine.ts";
import { type FaultWhat, type OutboxItem, online, outbox } from "../../store/signals.ts";
import { type Key, maybe, t } from "../../text/t.ts";
import type { IconName } from "../../ui/icon.tsx";
import type { StateWords } from "../../ui/report-row.tsx";
import { nowish } from "../now/clock.ts";
import { nameOfFollowed } from "./follow.ts";
import { type Subject, subjectOf } from "./subject.ts";

export const FAULTS: readonly FaultWhat[] = ["broken", "sign_gone", "under_water", "toilet_closed", "litter", "other"];

export const faultIcons: Readonly<Record<FaultWhat, IconName>> = {
  broken: "benchbroken",
  sign_gone: "signgone",
  under_water: "flood",
  toilet_closed: "toiletshut",
  litter: "litter",
  other: "more",
};

/** soon: goes out by itself in a moment. later: the municipality has put it off. */
export type Is = "offline" | "soon" | "sent" | "later" | "applied" | "refused";

export function isNow({ state, code, notBefore }: OutboxItem): Is {
  if (state === "applied" || state === "refused") return state;
  // What was out when the network went has not come anywhere that we know of.
  if (!online.value) return "offline";
  if (state === "sent") return "sent";
  return code && notBefore > nowish().getTime() ? "later" : "soon";
}

export function stateWords(is: Is | "begun"): StateWords {
  const words = t(`is.${is}`);
  if (is === "applied") return { tone: "good", icon: "check", words };
  if (is === "refused") return { tone: "bad", icon: "warn", words };
  return { tone: "wait", icon: is === "begun" ? "edit" : "wait", words };
}

/** Not yet with the municipality. */
export function notLanded(item: OutboxItem): boolean {
  return item.state !== "applied";
}

/** A tap on Følg, a wish to be met, how it was: no words of a person's own, and once it has landed it shows where it was said. */
export function isQuiet({ verb }: OutboxItem): boolean {
  return VERBS.has(verb) || verb === "tell_after";
}

/** What stands under "Det, du har meldt"; of the quiet ones what waits, and what was refused with its reason. */
export const reports: ReadonlySignal<readonly OutboxItem[]> = computed(() =>
  outbox.value.filter((item) => !isQuiet(item) || item.state !== "applied"),
);

export function iconOfReport(what: unknown): IconName {
  return faultIcons[what as FaultWhat] ?? "send";
}

export function subjectOfItem(item: OutboxItem): Subject | null {
  const { subject } = item;
  if (!isQuiet(item)) return subjectOf(subject.kind, subject.id);
  const { words, href } = nameOfFollowed(subject as Followed);
  return href === null ? null : { id: subject.id, words, href };
}

/** Its name here, else as the server told it, else what kind of thing it was. */
export function nameOf(item: OutboxItem): string {
  const name = subjectOfItem(item)?.words ?? item.name ?? lostName(item.subject.kind);
  return isQuiet(item) ? t(`out.${item.verb}` as Key, { name } as never) : name;
}

export function lostName(kind: string): string {
  return maybe(`out.lost.${kind}`) ?? t("out.lost");
}

export function whatWords(what: unknown): string {
  return maybe(`fault.${String(what)}`) ?? t("fault.title");
}

export function ownWords(text: unknown): string {
  return typeof text === "string" ? text.trim() : "";
}

/** As many letters as a row has room for, to the end of a word. */
const SHORT = 90;

function short(text: string): string {
  if (text.length <= SHORT) return text;
  const cut = text.slice(0, SHORT);
  const space = cut.lastIndexOf(" ");
  return `${space > SHORT / 2 ? cut.slice(0, space) : cut} …`;
}

/** What somebody wrote, as much as a row has room for; "" for nothing. */
export function shortWords(text: unknown): string {
  return short(ownWords(text).replace(/\s+/g, " "));
}

/** To be read by a person, from a file: "Bænken: I stykker", and the words below. */
export function wordsToSave(name: string, { what, text }: { what: FaultWhat | null; text: string }): string {
  return `${name}: ${what ? whatWords(what) : ""}\n${ownWords(text)}`;
}
