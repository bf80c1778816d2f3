/** What a journey has to happen: events made by the command line, on days and at times that count from now. */
import { randomUUID } from "node:crypto";
import { op } from "./feed.ts";
import { command } from "./server.ts";

/** A new id, as phones and the desk make them. */
export function uuidv7(): string {
  const ms = Date.now().toString(16).padStart(12, "0");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The local date so many days from today, YYYY-MM-DD. */
export function dayFrom(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" }).format(at);
}

export interface Made {
  readonly id: string;
  /** The day of its first time. */
  readonly day: string;
  /** As an address has it. */
  readonly fragment: string;
}

/** Ops of the person at this machine; throws where one is not applied. */
export function does(dir: string, ...lines: readonly string[]): void {
  command(dir, ["op", "-"], lines.join("\n"));
}

/** A public series with a host, each week from `days` ahead on, at `starts`. */
export function weekly(dir: string, name: string, { days = 2, starts = "14:00" } = {}): Made {
  const id = uuidv7();
  const day = dayFrom(days);
  const set = {
    name: { da: name },
    where: { da: "Ved den røde dør" },
    host: { name: "Kirsten Bach", phone: "00 00 00 01" },
    free: true,
    schedule: { date: day, starts, ends: "23:30", rrule: "FREQ=WEEKLY" },
  };
  does(dir, op("save_event", "event", id, { set }), op("move_event", "event", id, { to: "public" }));
  return { id, day, fragment: day.replaceAll("-", "") };
}

/** No hours in which nobody is told anything, so that a journey goes as well by night. */
export function noQuiet(dir: string): void {
  does(dir, op("save_settings", "settings", "site", { set: { quiet: { from: "03:00", to: "03:00" } } }));
}
