/** Fields of a place that are asked for once: its route, guests, whom to ask, and when it was last seen. */
import { Button } from "../../ui/button.tsx";
import { routes } from "../data/copy.ts";
import { today, when } from "../lists/words.ts";
import { type Choice, ChoiceField, Group, LineField } from "../parts/field.tsx";
import { TextField } from "../parts/text.tsx";
import type { FormProps } from "./form-props.ts";
import type { ContactDraft } from "./values.ts";

export function RouteField({ values, wrongs, set }: FormProps) {
  const all = [...routes.value.values()].sort((a, b) => a.name.da.localeCompare(b.name.da, "da"));
  const choices: Choice<string>[] = [["", "Ingen rute valgt"], ...all.map(({ id, name }) => [id, name.da] as const)];
  if (values.route_id && !routes.value.has(values.route_id))
    choices.push([values.route_id, "En rute, der ikke er her mere"]);
  return (
    <ChoiceField
      path="route_id"
      label="Rute"
      hint="Den rute, man mødes om at gå eller køre."
      choices={choices}
      wrongs={wrongs}
      value={values.route_id ?? ""}
      onChange={(id) => set("route_id", id || null)}
    />
  );
}

export function GuestsField({ values, wrongs, set }: FormProps) {
  const is = values.guests_welcome;
  return (
    <ChoiceField
      path="guests_welcome"
      label="Må man komme udefra?"
      wrongs={wrongs}
      value={is === null ? "" : is ? "yes" : "no"}
      choices={[
        ["", "Ved ikke"],
        ["yes", "Ja, alle er velkomne"],
        ["no", "Ring først"],
      ]}
      onChange={(next) => set("guests_welcome", next === "" ? null : next === "yes")}
    />
  );
}

export function ContactField({ values, wrongs, set }: FormProps) {
  const contact: ContactDraft = values.contact ?? { name: "", phone: null, role: null };
  const change = (part: Partial<ContactDraft>) => {
    const next = { ...contact, ...part };
    set("contact", next.name || next.phone || next.role ? next : null);
  };
  return (
    <Group
      path="contact"
      title="Kontakt"
      hint="Den, man kan ringe til. Navn og nummer læses af alle: spørg først."
      wrongs={wrongs}
    >
      <div class="two">
        <LineField
          path="contact/name"
          label="Navn på kontakten"
          limit={200}
          wrongs={wrongs}
          value={contact.name}
          onChange={(name) => change({ name })}
        />
        <LineField
          path="contact/phone"
          label="Telefon"
          type="tel"
          mode="tel"
          limit={40}
          wrongs={wrongs}
          value={contact.phone ?? ""}
          onChange={(phone) => change({ phone: phone || null })}
        />
      </div>
      <TextField
        path="contact/role"
        label="Hvad kontakten er her"
        hint="Som ”frivillig vært” eller ”pedel”."
        line
        limit={200}
        wrongs={wrongs}
        value={contact.role}
        onChange={(role) => change({ role })}
      />
    </Group>
  );
}

export function SeenField({ values, wrongs, set }: FormProps) {
  const on = values.last_seen_on;
  return (
    <div class="seen-row">
      <LineField
        path="last_seen_on"
        label="Sidst set"
        hint={on ? `Set ${when(on, today())}.` : "Ingen har sagt, at de har set stedet."}
        type="date"
        wrongs={wrongs}
        value={on ?? ""}
        onChange={(next) => set("last_seen_on", next || null)}
      />
      {on !== today() && (
        <Button look="quiet" small icon="check" onClick={() => set("last_seen_on", today())}>
          Set i dag
        </Button>
      )}
    </div>
  );
}
