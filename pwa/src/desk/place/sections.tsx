/** The place editor's fields, in the order that a citizen reads them. */
import type { ComponentChildren } from "preact";
import { distance } from "../../text/format.ts";
import { routes } from "../data/copy.ts";
import { FORMS } from "../lists/words.ts";
import { AccessField } from "../parts/access.tsx";
import { ApproachesField } from "../parts/approaches.tsx";
import { ClosuresField } from "../parts/closures.tsx";
import { ChoiceFact, SourceList } from "../parts/facts.tsx";
import { type Choice, ChoiceField, idOf, LineField } from "../parts/field.tsx";
import { HoursField } from "../parts/hours.tsx";
import { AddressField, NotesField } from "../parts/own-fields.tsx";
import { SURFACES } from "../parts/surface.ts";
import { TextField } from "../parts/text.tsx";
import { FacilitiesField } from "./facilities.tsx";
import { isOut } from "./form-of.ts";
import type { FormProps } from "./form-props.ts";
import { PhotosField } from "./photos.tsx";
import { PointField } from "./point.tsx";
import { ContactField, GuestsField, RouteField, SeenField } from "./small-fields.tsx";
import { NAME_LIMIT, type Values } from "./values.ts";

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
      <Jump titles={out ? TITLES : TITLES.slice(1)} />
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
        {slot("notes", <NotesField value={values.notes} wrongs={wrongs} onChange={(notes) => set("notes", notes)} />)}
        {values.slug !== "" &&
          slot(
            "slug",
            <AddressField value={values.slug} wrongs={wrongs} under="/steder" onChange={(slug) => set("slug", slug)} />,
          )}
      </Section>
    </>
  );
}

const TITLES = [
  "På kortet og på vejen",
  "Når man kommer",
  "Billeder",
  "Lukket for en tid",
  "Kun for kommunen",
] as const;

/** The form is long: each part of it is one step away. */
function Jump({ titles }: { titles: readonly string[] }) {
  return (
    <nav class="jump note-text" aria-label="Afsnit">
      {titles.map((title) => (
        <a
          key={title}
          href={`#${idOf(title)}`}
          onClick={(event) => {
            event.preventDefault();
            const to = document.getElementById(idOf(title));
            to?.focus({ preventScroll: true });
            to?.scrollIntoView({ block: "start" });
          }}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <h2 id={idOf(title)} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Those of the route that one meets to walk, by their order and length. */
function stretchesOf(values: Values): { id: string; name: string }[] {
  const route = values.form === "route" && values.route_id ? routes.value.get(values.route_id) : undefined;
  return (route?.stretches ?? []).map(({ id, length_m }, i) => ({ id, name: `Stræk ${i + 1}, ${distance(length_m)}` }));
}
