import type { ComponentChildren } from "preact";
import type { Form } from "../api/types.gen.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Plate } from "./plate.tsx";
import { Badge, Open, type OpenWords } from "./state.tsx";

/** Far and whither: `far` "350 m", `to` "mod vest", `over` "over sundet"; "online" stands alone. */
export interface Far {
  readonly far: string;
  readonly to?: string | undefined;
  readonly over?: string | undefined;
}

export type Line =
  | { readonly as: "bad" | "wait"; readonly icon: IconName; readonly words: string }
  | { readonly as: "line"; readonly icon: IconName; readonly words: string };

function Post({ far }: { far: Far | null }) {
  if (!far) return null;
  return (
    <span class="far">
      {far.far}
      {far.to && (
        <>
          {" "}
          <small>{far.to}</small>
        </>
      )}
      {far.over && (
        <>
          {" "}
          <small>{far.over}</small>
        </>
      )}
      <span class="vh">, </span>
    </span>
  );
}

/** A place as a signpost: left what kind and how far, right the name, what it is, and the one thing that matters most. */
export function PlaceRow(props: {
  href: string;
  form: Form;
  far: Far | null;
  name: ComponentChildren;
  what: ComponentChildren;
  open?: OpenWords | null;
  line?: Line | null;
  inside?: boolean;
}) {
  const { open, line } = props;
  return (
    <a class={props.inside ? "row in" : "row"} href={props.href}>
      <span class="post">
        <Plate form={props.form} />
        <Post far={props.far} />
      </span>
      <span>
        <span class="name">{props.name}</span>
        <span class="vh">, </span>
        <span class="what">{props.what}</span>
        {open && <span class="vh">, </span>}
        {open &&
          (open.is === "unknown" ? (
            <span class="has">
              <Open of={open} />
            </span>
          ) : (
            <Open of={open} />
          ))}
        {line && <span class="vh">, </span>}
        {line && <span class="has">{<OneLine line={line} />}</span>}
      </span>
      <span class="go">
        <Icon name="fwd" />
      </span>
    </a>
  );
}

function OneLine({ line }: { line: Line }) {
  if (line.as === "line") {
    return (
      <span class="line">
        <Icon name={line.icon} />
        <span>{line.words}</span>
      </span>
    );
  }
  return (
    <Badge tone={line.as} icon={line.icon}>
      {line.words}
    </Badge>
  );
}

/** A facility, a thing that stands in the landscape: its picture in ink, no plate, one line. */
export function FacilityRow(props: {
  href: string;
  icon: IconName;
  far: Far | null;
  name: ComponentChildren;
  what: ComponentChildren;
}) {
  return (
    <a class="row thing" href={props.href}>
      <span class="post">
        <Icon name={props.icon} />
        <Post far={props.far} />
      </span>
      <span>
        <span class="name">{props.name}</span>
        <span class="vh">, </span>
        <span class="what">{props.what}</span>
      </span>
      <span class="go">
        <Icon name="fwd" />
      </span>
    </a>
  );
}

/** A list of rows. `label` names it for a screen reader; Safari forgets lists without the role. */
export function Rows({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: VoiceOver drops the list role where list-style is none
    <ul class="rows" role="list" aria-label={label}>
      {children}
    </ul>
  );
}
