/** /desk/opsaetning/hjaelp: whom citizens can ring, in which order, and when somebody answers. */
import type { Help, Site } from "../../api/types.gen.ts";
import { ChoiceField, LineField } from "../parts/field.tsx";
import { HoursField } from "../parts/hours.tsx";
import { ListField } from "../parts/list.tsx";
import { TextField } from "../parts/text.tsx";
import { type HelpDraft, helpDraft, MOST_HELP, readHelp } from "./check.ts";
import { Head, SaveRow, useForm } from "./form.tsx";

const WHAT: readonly (readonly [Help["what"], string])[] = [
  ["municipality", "Kommunens nummer"],
  ["line", "En linje, kommunen har"],
  ["crisis", "Kriselinje"],
  ["emergency", "Ved fare (112)"],
];

const fresh = (cards: readonly HelpDraft[]): HelpDraft => ({
  what: cards.some(({ what }) => what === "municipality") ? "line" : "municipality",
  name: null,
  phone: "",
  hours: null,
});

export function HelpCards({ site }: { site: Site }) {
  const form = useForm<readonly HelpDraft[]>("help", helpDraft(site.help));
  const { value, wrongs } = form;
  return (
    <>
      <Head title="Numre i Hjælp">
        112 står der altid, også uden net. Ét nummer skal være kommunens eget; det står også på siden, før kortet åbner.
      </Head>
      <section class="panel frm" aria-label="Numre">
        <ListField
          path="help"
          title={<span class="vh">Numre</span>}
          each="Nummer"
          add="Tilføj et nummer"
          items={value}
          most={MOST_HELP}
          ordered
          wrongs={wrongs}
          fresh={() => fresh(value)}
          onChange={form.change}
        >
          {(card, set, path) => (
            <>
              <ChoiceField
                path={`${path}/what`}
                label="Slags"
                value={card.what}
                wrongs={wrongs}
                choices={WHAT.filter(([what]) => what !== "emergency" || card.what === "emergency")}
                onChange={(what) => set({ ...card, what })}
              />
              <TextField
                path={`${path}/name`}
                label="Hvad det er"
                hint="Som borgeren læser det: ”Ring til kommunen”."
                line
                limit={200}
                value={card.name}
                wrongs={wrongs}
                onChange={(name) => set({ ...card, name })}
              />
              <LineField
                path={`${path}/phone`}
                label="Telefon"
                type="tel"
                limit={40}
                short
                value={card.phone}
                wrongs={wrongs}
                onChange={(phone) => set({ ...card, phone })}
              />
              <HoursField
                path={`${path}/hours`}
                title="Hvornår nogen svarer"
                none="Altid, eller ikke skrevet"
                value={card.hours}
                wrongs={wrongs}
                onChange={(hours) => set({ ...card, hours })}
              />
            </>
          )}
        </ListField>
        <SaveRow form={form} onSave={() => form.save(readHelp, (help) => ({ help }))} />
      </section>
    </>
  );
}
