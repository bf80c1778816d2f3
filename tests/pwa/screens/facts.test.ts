import { type ComponentChildren, type FunctionComponent, isValidElement } from "preact";
import { beforeAll, expect, test } from "vitest";
import { type Access, AccessFacts, AccessShort } from "../../../pwa/src/screens/facts.tsx";
import { later } from "../../../pwa/src/text/da-later.ts";
import { add } from "../../../pwa/src/text/t.ts";
import { noAccess } from "./town.ts";

beforeAll(() => add(later));

/** The words that a part says, in their order. */
function words(of: ComponentChildren): string {
  if (typeof of === "string" || typeof of === "number") return String(of);
  if (Array.isArray(of)) return of.map(words).join("");
  if (!isValidElement(of)) return "";
  const { type, props } = of as { type: unknown; props: { children?: ComponentChildren } };
  if (typeof type === "function") return words((type as FunctionComponent<typeof props>)(props) as ComponentChildren);
  return ` ${words(props.children)} `;
}
const read = (of: ComponentChildren) =>
  words(of)
    .replace(/\s+/g, " ")
    .replace(/ ([.,])/g, "$1")
    .trim();

const old = { source: "Natur for alle", seen_on: "2024-05-01" };
const fresh = { source: "Kommunens opmåling", seen_on: "2026-03-03" };
const short = (access: Partial<Access>) => read(AccessShort({ access: { ...noAccess, ...access }, form: "spot" }));
const facts = (access: Partial<Access>) =>
  read(AccessFacts({ access: { ...noAccess, ...access }, names: ["step_free", "gate_cm", "kerb_cm"], tell: "/x" }));

test("the first answer gives the gate its own source and day, and the steps theirs", () => {
  expect(short({ step_free: { value: true, ...fresh }, gate_cm: { value: 85, ...old } })).toContain(
    "Uden trin. Set 3. marts 2026. Kilde: Kommunens opmåling. Lågen er 85 cm. Målt 1. maj 2024. Kilde: Natur for alle.",
  );
});

test("one source and one day are said once, as neither measured nor seen", () => {
  const said = short({ step_free: { value: true, ...old }, gate_cm: { value: 85, ...old } });
  expect(said).toContain("Uden trin. Lågen er 85 cm. Kilde: Natur for alle, 1. maj 2024.");
  expect(said).not.toMatch(/Målt|Set/);
});

test("a day is never lent to the other: of the same source on two days both are said", () => {
  const said = short({ step_free: { value: true, ...old, seen_on: "2026-03-03" }, gate_cm: { value: 85, ...old } });
  expect(said).toMatch(/Set 3\. marts 2026.*Målt 1\. maj 2024/);
});

test("what is shared stands last only where nothing is unknown, else beside what it is of", () => {
  const all = facts({
    step_free: { value: false, ...old },
    gate_cm: { value: 84, ...old },
    kerb_cm: { value: 3, ...old },
  });
  expect(all.match(/Kilde/g)).toHaveLength(1);
  const some = facts({ step_free: { value: false, ...old }, gate_cm: { value: 84, ...old } });
  expect(some).toMatch(/Trin ja Set 1\. maj 2024\. Kilde: Natur for alle Låge 84 cm Målt 1\. maj 2024/);
  expect(some).toMatch(/Ingen har målt den endnu\.[^K]*$/);
});
