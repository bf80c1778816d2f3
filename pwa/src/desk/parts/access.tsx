/** What a body needs to get in: six facts, with words where a number can not be meant. */
import { useRef } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { type FactDraft, NumberFact, YesNoFact } from "./facts.tsx";
import { Group, type Part } from "./field.tsx";
import { amount, centimetres } from "./loose.ts";

export type AccessName = "step_free" | "width_cm" | "kerb_cm" | "gate_cm" | "slope_pct" | "door_cm";
export type AccessDraft = Readonly<Record<AccessName, FactDraft | null>>;
export const NO_ACCESS: AccessDraft = {
  step_free: null,
  width_cm: null,
  kerb_cm: null,
  gate_cm: null,
  slope_pct: null,
  door_cm: null,
};

type Measured = Exclude<AccessName, "step_free">;
const MEASURES: readonly { name: Measured; label: string; hint: string }[] = [
  {
    name: "width_cm",
    label: "Smalleste sted, i cm",
    hint: "Mål det smalleste, man skal igennem: låge, hul i hegn eller dør.",
  },
  { name: "kerb_cm", label: "Højeste kant, i cm", hint: "Kantsten eller dørtrin, man skal op over." },
  { name: "gate_cm", label: "Låge, i cm", hint: "Fri bredde, når lågen står åben." },
  { name: "door_cm", label: "Dør, i cm", hint: "Fri bredde, når døren står åben." },
  { name: "slope_pct", label: "Stejleste stykke, i procent", hint: "5 er en rampe. Over 8 er svært med kørestol." },
];
export const ACCESS_WORDS: Readonly<Record<AccessName, string>> = {
  step_free: "Trin",
  width_cm: "Smalleste sted",
  kerb_cm: "Højeste kant",
  gate_cm: "Låge",
  slope_pct: "Stejleste stykke",
  door_cm: "Dør",
};

/** What can hardly be meant, in words, and what was perhaps meant. */
export interface Doubt {
  readonly words: string;
  readonly instead: number | null;
}
const NARROW = 30;
const WIDE = 1000;
const HIGH = 60;
const STEEP = 60;

/** Whether a measure can be meant; null where it can. */
export function doubt(name: Measured, value: number): Doubt | null {
  if (name === "slope_pct") return value > STEEP ? ask(`${value}`.replace(".", ","), " %", "stejlt", value / 10) : null;
  if (name === "kerb_cm") return value > HIGH ? ask(`${value}`, " cm", "højt", Math.ceil(value / 10)) : null;
  if (value < NARROW) return ask(`${value}`, " cm", "smalt", value >= 5 ? value * 10 : null);
  return value > WIDE ? ask(`${value}`, " cm", "bredt", Math.floor(value / 10)) : null;
}

function ask(value: string, unit: string, how: string, instead: number | null): Doubt {
  const better =
    instead === null ? "" : ` Mente du ${String(instead).replace(".", ",")}${unit}?`.replace(/ (?=cm|%)/, "\u00a0");
  return { words: `${value}${unit} er for ${how}.${better}`.replace(/ (?=cm|%)/, "\u00a0"), instead };
}

/** A typed measure as it is sent, or what is wrong with it. */
export function measure(
  name: Measured,
  typed: unknown,
): { readonly value: number } | { readonly wrong: string; readonly instead?: number | null } {
  const text = String(typed ?? "");
  const value = name === "slope_pct" ? percent(text) : centimetres(text, name === "kerb_cm");
  if (value === null)
    return { wrong: name === "slope_pct" ? "Skriv et tal i procent, som 4,5." : "Skriv et helt tal i cm, som 90." };
  const unsure = doubt(name, value);
  return unsure ? { wrong: unsure.words, instead: unsure.instead } : { value };
}

function percent(typed: string): number | null {
  const found = amount(typed);
  return !found || found.unit === "cm" || found.unit === "m" ? null : Math.round(found.value * 10) / 10;
}

/** `names`: those that are asked for; a way has no door. */
export function AccessField(
  p: Part<AccessDraft | null> & { readonly names?: readonly AccessName[]; readonly title?: string },
) {
  const access = { ...NO_ACCESS, ...p.value };
  const asked = (name: AccessName) => !p.names || p.names.includes(name);
  const set = (name: AccessName, fact: FactDraft | null) => p.onChange({ ...access, [name]: fact });
  const told = p.wrongs ? { wrongs: p.wrongs } : {};
  return (
    <Group
      path={p.path}
      title={p.title ?? "Kan man komme ind?"}
      hint="Skriv kun det, der er set eller målt. Et tomt felt er ”ved ikke”."
      wrongs={p.wrongs}
    >
      <div class="two">
        {asked("step_free") && (
          <YesNoFact
            {...told}
            path={`${p.path}/step_free`}
            label="Trin"
            hint="Er der trin på vejen ind?"
            yes="Ingen trin"
            no="Der er trin"
            value={access.step_free}
            onChange={(fact) => set("step_free", fact)}
          />
        )}
        {MEASURES.filter(({ name }) => asked(name)).map(({ name, label, hint }) => (
          <NumberFact
            key={name}
            {...told}
            path={`${p.path}/${name}`}
            label={label}
            hint={hint}
            decimal={name === "slope_pct"}
            value={access[name]}
            onChange={(fact) => set(name, fact)}
            mend={
              <Mend
                name={name}
                fact={access[name]}
                onMend={(value) => set(name, { ...(access[name] as FactDraft), value })}
              />
            }
          />
        ))}
      </div>
    </Group>
  );
}

/** What was perhaps meant, for one press. */
function Mend({ name, fact, onMend }: { name: Measured; fact: FactDraft | null; onMend: (value: number) => void }) {
  const at = useRef<HTMLSpanElement>(null);
  const read = fact && measure(name, fact.value);
  const instead = read && "wrong" in read ? read.instead : null;
  if (instead === null || instead === undefined) return null;
  return (
    <span ref={at}>
      <Button
        look="quiet"
        small
        onClick={() => {
          // The button goes with what was wrong: whoever works by keyboard goes on in the field.
          at.current?.closest(".fact-field")?.querySelector("input")?.focus();
          onMend(instead);
        }}
      >
        Ret til {String(instead).replace(".", ",")}
      </Button>
    </span>
  );
}
