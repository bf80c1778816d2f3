/** What the desk shows of settings that wait to be sent. */
import { expect, test } from "vitest";
import { laidOver } from "../../../pwa/src/desk/data/overlay.ts";
import type { OpShown } from "../../../pwa/src/store/overlay.ts";

const site = { launch: { state: "closed", needed: 3 }, languages: ["da"] };
const saved = (set: object): OpShown =>
  ({
    verb: "save_settings",
    subject: { kind: "settings", id: "site" },
    args: { set },
    at: "2026-03-01T12:00:00Z",
  }) as never;
const shown = (set: object) => laidOver(new Map([["site", site]]), "settings", [saved(set)]).get("site");

test("what was saved is shown while it waits", () => {
  expect(shown({ languages: ["da", "de"] })).toEqual({ ...site, languages: ["da", "de"] });
});

test("a map is never shown as opened before the server has said so", () => {
  expect(shown({ launch: { state: "open" } })).toEqual(site);
});
