/** The form of an event: five fields that are enough, and the rest folded under them. */
import { More } from "../../ui/more.tsx";
import { Group, LineField, wrongAt } from "../parts/field.tsx";
import type { FormProps } from "./form-props.ts";
import { MoreFields } from "./more-fields.tsx";
import { FIVE, type HostDraft, NAME_LIMIT } from "./values.ts";
import { NEW_WHEN } from "./when.ts";
import { WhenField } from "./when-field.tsx";
import { WhereField } from "./where.tsx";
import { WordsField } from "./words-field.tsx";

/** `rule`: the series in the server's words. */
export function EventForm(p: FormProps & { rule: string | null }) {
  const { values, wrongs, set, slot, staff } = p;
  const folded = ["about", "newcomers", "price", "bring", "access", "point", "notes", "slug"];
  return (
    <>
      {slot(
        "name",
        <WordsField
          path="name"
          label="Hvad sker der?"
          line
          limit={NAME_LIMIT}
          {...{ staff, wrongs }}
          value={values.name}
          onChange={(name) => set("name", name)}
        />,
      )}
      {slot("place_id", slot("route_id", slot("where", <WhereField {...p} />)))}
      {slot(
        "schedule",
        <WhenField
          value={values.schedule ?? NEW_WHEN}
          wrongs={wrongs}
          rule={p.rule}
          onChange={(schedule) => set("schedule", schedule)}
        />,
      )}
      {slot("host", <HostField {...p} />)}
      <More
        title="Mere: ny her, pris, tag med"
        open={
          folded.some((field) => wrongAt(wrongs, field, true)) || FIVE.some((one) => wrongs.has(`newcomers/${one}`))
        }
      >
        <p class="note-text">Du kan udfylde det senere.</p>
        <MoreFields {...p} />
      </More>
    </>
  );
}

function HostField({ values, wrongs, set }: FormProps) {
  const host: HostDraft = values.host ?? { name: "", phone: null };
  const change = (part: Partial<HostDraft>) => {
    const next = { ...host, ...part };
    set("host", next.name || next.phone ? next : null);
  };
  return (
    <Group path="host" title="Hvem tager imod?" hint="Alle kan læse navn og nummer. Spørg først." wrongs={wrongs}>
      <div class="two">
        <LineField
          path="host/name"
          label="Navn"
          limit={200}
          wrongs={wrongs}
          value={host.name}
          onChange={(name) => change({ name })}
        />
        <LineField
          path="host/phone"
          label="Telefon"
          type="tel"
          mode="tel"
          limit={40}
          wrongs={wrongs}
          value={host.phone ?? ""}
          onChange={(phone) => change({ phone: phone || null })}
        />
      </div>
    </Group>
  );
}
