import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

/** A strip from edge to edge: what is read together. */
export function Band(p: {
  title?: ComponentChildren;
  tone?: "ground" | "now";
  stack?: boolean;
  toRows?: boolean;
  tight?: boolean;
  label?: string;
  /** A link on the page leads here. */
  id?: string;
  children?: ComponentChildren;
}) {
  const css = ["band", p.tone, p.stack && "stack", p.toRows && "to-rows", p.tight && "tight"].filter(Boolean).join(" ");
  return (
    <section class={css} {...(p.label ? { "aria-label": p.label } : {})}>
      {p.title && <h2 {...(p.id ? { id: p.id, tabIndex: -1 } : {})}>{p.title}</h2>}
      {p.children}
    </section>
  );
}

/** A banner inside the page: slanted edge for a fault, bars across where one is turned away. */
export function Note(p: {
  tone?: "fault" | "shut" | "good" | "bad";
  icon: IconName;
  flat?: boolean;
  /** A change in it is said by a screen reader. */
  live?: boolean;
  children: ComponentChildren;
}) {
  const css = ["note", p.tone, p.flat && "flat"].filter(Boolean).join(" ");
  return (
    <div class={css}>
      <Icon name={p.icon} />
      <div {...(p.live ? { role: "status" } : {})}>{p.children}</div>
    </div>
  );
}

/** Nothing to show: what was looked for, and two ways on. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A disc with a check: it is so. Used only for what was read back. */
export function Ready({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="verdict yes">
      <span class="mark">
        <Icon name="check" />
      </span>
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

export function Hint({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <li>
      <Icon name={icon} />
      <span>{children}</span>
    </li>
  );
}
