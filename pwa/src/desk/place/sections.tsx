/** The place editor's fields, in the order that a citizen reads them. */
import type { ComponentChildren } from "preact";
import { distance } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { routes } from "../data/copy.ts";
import { FORMS, today, when } from "../lists/words.ts";
import { AccessField } from "../parts/access.tsx";
import { ApproachesField } from "../parts/approaches.tsx";
import { ClosuresField } from "../parts/closures.tsx";
import { ChoiceFact, SourceList } from "../parts/facts.tsx";
import { AreaField, type Choice, ChoiceField, Group, LineField, type Wrongs } from "../parts/field.tsx";
import { HoursField } from "../parts/hours.tsx";
import { SURFACES } from "../parts/surface.ts";
import { TextField } from "../parts/text.tsx";
import { FacilitiesField } from "./facilities.tsx";
import { isOut } from "./form-of.ts";
import { PhotosField } from "./photos.tsx";
import { PointField } from "./point.tsx";
import { type ContactDraft, NAME_LIMIT, type Name, NOTES_LIMIT, type Values } from "./values.ts";

export interface FormProps {
  readonly id: string;
  readonly values: Values;
  readonly wrongs: Wrongs;
  readonly set: <F extends Name>(field: F, value: Values[F]) => void;
  /** A field, or both its versions where two have written it. */
  readonly slot: (field: Name, children: ComponentChildren) => ComponentChildren;
  /** Drawing on the map: which way in is drawn, and a wish to draw one. */
  readonly drawing: number | null;
  /** The map, where there is no room for it beside the form. */
  readonly map: ComponentChildren;
  readonly onDraw: ((at: number) => void) | undefined;
}

const FORM_CHOICES = Object.entries(FORMS) as Choice<Values["form"]>[];
const FIVE = {
  where: ["Sted", "Hvor er det? Sig det, som en nabo ville sige det."],
  amenities: ["Faciliteter", "Hvad er her: bænk, tag, toilet, vand, strøm?"],
  ground: ["Underlag i ord", "Hvad går man på, det sidste stykke og på stedet?"],
  purpose: ["Formål", "Hvad er stedet til for?"],
  activities: ["Aktiviteter", "Hvad kan man lave her?"],
} as const;

export function PlaceForm(p: FormProps) {
  const { values, wrongs, set, slot } = p;
  const text = (field: keyof typeof FIVE | "way_in" | "first_time", label: string, hint: string, rows = 3) =>
    slot(
      field,
      <TextField
        path={field}
        label={label}
        hint={hint}
        rows={rows}
        wrongs={wrongs}
        value={values[field]}
        onChange={(next) => set(field, next)}
      />,
    );
  const five = (field: keyof typeof FIVE) => text(field, FIVE[field][0], FIVE[field][1], 2);
  const out = isOut(values.form);
  return (
    <>
      <SourceList />
      <div class="two">
        {slot(
          "name",
          <TextField
            path="name"
            label="Navn"
            line
            limit={NAME_LIMIT}
            wrongs={wrongs}
            value={values.name}
            onChange={(name) => set("name", name)}
          />,
        )}
        {slot(
          "form",
          <ChoiceField
            path="form"
            label="Slags"
            choices={FORM_CHOICES}
            wrongs={wrongs}
            value={values.form}
            onChange={(form) => set("form", form)}
          />,
        )}
      </div>
      {five("where")}
      {five("amenities")}
      {five("ground")}
      {out &&
        slot(
          "surface",
          <ChoiceFact
            path="surface"
            label="Underlag"
            hint="Det, der er sværest at komme frem på, det sidste stykke."
            choices={SURFACES}
            wrongs={wrongs}
            value={values.surface}
            onChange={(surface) => set("surface", surface)}
          />,
        )}
      {five("purpose")}
      {five("activities")}
      {(values.form === "route" || values.route_id) && slot("route_id", <RouteField {...p} />)}
      {(values.form === "online" || values.url) &&
        slot(
          "url",
          <LineField
            path="url"
            label="Adresse på nettet"
            hint="Den side, der åbner, når man trykker. En online-plads skal have den eller et nummer at ringe til."
            type="url"
            mode="url"
            limit={500}
            wrongs={wrongs}
            value={values.url ?? ""}
            onChange={(url) => set("url", url || null)}
          />,
        )}
      {out && (
        <Section title="På kortet og på vejen">
          {slot(
            "point",
            <PointField wrongs={wrongs} value={values.point} onChange={(point) => set("point", point)} path="point" />,
          )}
          {p.map}
          {slot(
            "facility_ids",
            <FacilitiesField values={values} wrongs={wrongs} onChange={(ids) => set("facility_ids", ids)} />,
          )}
          {slot(
            "access",
            <AccessField
              path="access"
              wrongs={wrongs}
              value={values.access}
              onChange={(access) => access && set("access", access)}
            />,
          )}
          {text(
            "way_in",
            "Vejen hen",
            "Én sætning for hvert skridt, med meter og side: Gå 60 m ad grusstien med vandet på venstre hånd.",
            4,
          )}
          {slot(
            "approaches",
            <ApproachesField
              path="approaches"
              wrongs={wrongs}
              value={values.approaches}
              onChange={(list) => set("approaches", list)}
              drawing={p.drawing}
              {...(p.onDraw ? { onDraw: p.onDraw } : {})}
            />,
          )}
        </Section>
      )}
      <Section title="Når man kommer">
        {slot(
          "hours",
          <HoursField
            path="hours"
            wrongs={wrongs}
            value={values.hours}
            onChange={(hours) => set("hours", hours)}
            hint={
              values.form === "building"
                ? "Et hus skal have en åbningstid, før det kan tages i brug. ”Ved ikke” tæller med."
                : "Kun hvor der er en dør eller en sæson."
            }
          />,
        )}
        {text("first_time", "Sådan er første gang", "Hvem tager imod, hvor går man hen, og hvad sker der så?")}
        {slot("guests_welcome", <GuestsField {...p} />)}
        {slot("contact", <ContactField {...p} />)}
      </Section>
      <Section title="Billeder">
        {slot(
          "photos",
          <PhotosField
            wrongs={wrongs}
            value={values.photos}
            onChange={(photos) => set("photos", photos)}
            path="photos"
          />,
        )}
      </Section>
      <Section title="Lukket for en tid">
        {slot(
          "closures",
          <ClosuresField
            stretches={stretchesOf(values)}
            path="closures"
            wrongs={wrongs}
            value={values.closures}
            onChange={(list) => set("closures", list)}
          />,
        )}
      </Section>
      <Section title="Kun for kommunen">
        {slot("last_seen_on", <SeenField {...p} />)}
        {slot(
          "notes",
          <AreaField
            path="notes"
            label="Noter"
            hint="Læses kun af medarbejdere."
            limit={NOTES_LIMIT}
            wrongs={wrongs}
            value={values.notes ?? ""}
            onChange={(notes) => set("notes", notes || null)}
          />,
        )}
        {values.slug !== "" &&
          slot(
            "slug",
            <LineField
              path="slug"
              label="Adresse i appen"
              hint={`…/steder/${values.slug}. Den gamle adresse bliver ved med at virke.`}
              limit={80}
              wrongs={wrongs}
              value={values.slug}
              onChange={(slug) => set("slug", slug)}
            />,
          )}
      </Section>
    </>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Those of the route that one meets to walk, by their order and length. */
function stretchesOf(values: Values): { id: string; name: string }[] {
  const route = values.form === "route" && values.route_id ? routes.value.get(values.route_id) : undefined;
  return (route?.stretches ?? []).map(({ id, length_m }, i) => ({ id, name: `Stræk ${i + 1}, ${distance(length_m)}` }));
}

function RouteField({ values, wrongs, set }: FormProps) {
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

function GuestsField({ values, wrongs, set }: FormProps) {
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

function ContactField({ values, wrongs, set }: FormProps) {
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

function SeenField({ values, wrongs, set }: FormProps) {
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
