/** What an event can say besides: to whoever is new, what it costs, what to bring, whom it is for; and what staff alone write. */
import { Chip } from "../../ui/choose.tsx";
import { organisers } from "../data/copy.ts";
import { type Choice, ChoiceField, Group, idOf, LineField, Tick } from "../parts/field.tsx";
import { AddressField, NotesField } from "../parts/own-fields.tsx";
import { PROSE } from "../parts/text.tsx";
import { PointField } from "../place/point.tsx";
import type { FormProps } from "./form-props.ts";
import { FIVE, NO_NEWCOMERS, SHORT_LIMIT, type Values } from "./values.ts";
import { LEVELS, THEMES, type Theme } from "./words.ts";
import { WordsField } from "./words-field.tsx";

const NEW_HERE: Readonly<Record<(typeof FIVE)[number], readonly [string, string]>> = {
  who_meets_you: ["Hvem tager imod?", "”Lis står i døren fra kl. 13.45. Hun har en rød trøje på.”"],
  where: ["Hvor går man hen?", "”Ind ad døren mod torvet, og til højre.”"],
  how_many: ["Hvor mange plejer at komme?", "”Vi er mellem otte og tolv. De fleste er over 60.”"],
  first_minutes: ["Hvad sker der de første ti minutter?", "”Vi henter kaffe, og alle siger deres navn.”"],
  leaving: ["Kan man gå, når man vil?", "”Ja, du kan gå, når du har lyst. Ingen spørger hvorfor.”"],
};
const MOST_THEMES = 5;

export function MoreFields(p: FormProps) {
  const { values, wrongs, set, slot, staff } = p;
  const words = (field: "about" | "price" | "bring" | "access", label: string, hint: string, limit: number, rows = 2) =>
    slot(
      field,
      <WordsField
        path={field}
        {...{ label, hint, limit, rows, staff, wrongs }}
        value={values[field]}
        onChange={(next) => set(field, next)}
      />,
    );
  return (
    <div class="stack">
      {words("about", "Om det", "Et par sætninger: hvad man laver, og hvem der kommer.", PROSE, 4)}
      {slot("newcomers", <NewHere {...p} />)}
      {slot(
        "free",
        <Tick on={values.free} onTick={(free) => set("free", free)} id={idOf("free")}>
          Det er gratis
        </Tick>,
      )}
      {!values.free &&
        words("price", "Pris", "”30 kr. for kaffe og brød”. Lad den stå tom, hvis du ikke ved det.", SHORT_LIMIT)}
      {words("bring", "Tag med", "”Sko, der kan tåle vand, og noget at drikke.”", PROSE)}
      {words("access", "Sådan kommer man ind og rundt", "Trin, dør, toilet, og om man kan sidde ned undervejs.", PROSE)}
      {slot(
        "themes",
        <Group path="themes" title="Hvad slags er det?" hint="Vælg højst fem." wrongs={wrongs}>
          <div class="chips bare">
            {Object.entries(THEMES).map(([theme, name]) => (
              <Chip
                key={theme}
                on={values.themes.includes(theme as Theme)}
                onClick={() => set("themes", toggled(values.themes, theme as Theme))}
              >
                {name}
              </Chip>
            ))}
          </div>
        </Group>,
      )}
      {slot(
        "level",
        <ChoiceField
          path="level"
          label="Hvem er det for?"
          wrongs={wrongs}
          value={values.level ?? ""}
          choices={[["", "Ikke valgt"], ...(Object.entries(LEVELS) as [string, string][])]}
          onChange={(level) => set("level", (level || null) as Values["level"])}
        />,
      )}
      {staff &&
        values.where &&
        !values.place_id &&
        !values.route_id &&
        slot(
          "point",
          <PointField
            path="point"
            hint="Så står den på kortet. Tallene er bredde og længde, som 54,765, 11,872."
            wrongs={wrongs}
            value={values.point}
            onChange={(point) => set("point", point)}
          />,
        )}
      {(values.place_id || values.route_id || values.where) &&
        slot(
          "url",
          <LineField
            path="url"
            label="Adresse på nettet"
            hint="Til billetter, tilmelding eller mere at læse."
            type="url"
            mode="url"
            limit={500}
            wrongs={wrongs}
            value={values.url ?? ""}
            onChange={(url) => set("url", url || null)}
          />,
        )}
      {staff && <StaffFields {...p} />}
    </div>
  );
}

/** One more or one less; beyond the most nothing is added. */
const toggled = (all: readonly Theme[], one: Theme): readonly Theme[] =>
  all.includes(one) ? all.filter((other) => other !== one) : all.length < MOST_THEMES ? [...all, one] : all;

function NewHere({ values, wrongs, set, staff }: FormProps) {
  const five = values.newcomers ?? NO_NEWCOMERS;
  return (
    <Group
      path="newcomers"
      title="Ny her?"
      hint="Fem korte svar til den, der kommer første gang. Når alle fem er skrevet, står der ”nye er velkomne”."
      wrongs={wrongs}
    >
      {FIVE.map((field) => (
        <WordsField
          key={field}
          path={`newcomers/${field}`}
          label={NEW_HERE[field][0]}
          hint={`For eksempel: ${NEW_HERE[field][1]}`}
          rows={2}
          limit={PROSE}
          {...{ staff, wrongs }}
          value={five[field]}
          onChange={(words) => {
            const next = { ...five, [field]: words };
            set("newcomers", FIVE.some((one) => next[one] !== null) ? next : null);
          }}
        />
      ))}
    </Group>
  );
}

function StaffFields({ values, wrongs, set, slot }: FormProps) {
  const all = [...organisers.value.values()].sort((a, b) => a.name.localeCompare(b.name, "da"));
  const choices: Choice<string>[] = [["", "Ingen arrangør valgt"], ...all.map(({ id, name }) => [id, name] as const)];
  if (values.organiser_id && !organisers.value.has(values.organiser_id))
    choices.push([values.organiser_id, "En arrangør, der ikke er her mere"]);
  return (
    <>
      {slot(
        "organiser_id",
        <ChoiceField
          path="organiser_id"
          label="Arrangør"
          choices={choices}
          wrongs={wrongs}
          value={values.organiser_id ?? ""}
          onChange={(id) => set("organiser_id", id || null)}
        />,
      )}
      {slot(
        "notes",
        <NotesField
          value={values.notes}
          wrongs={wrongs}
          also=" og af arrangøren selv"
          onChange={(notes) => set("notes", notes)}
        />,
      )}
      {values.slug !== "" &&
        slot(
          "slug",
          <AddressField value={values.slug} wrongs={wrongs} under="/det-sker" onChange={(slug) => set("slug", slug)} />,
        )}
    </>
  );
}
