import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";

export type Look = "" | "quiet" | "danger" | "plain";

interface Common {
  look?: Look;
  wide?: boolean;
  small?: boolean;
  icon?: IconName | undefined;
  children: ComponentChildren;
}

function classes(p: Common): string {
  return ["btn", p.look, p.wide && "wide", p.small && "small"].filter(Boolean).join(" ");
}

/** Something is done here. A button that cannot be used yet stays reachable and says why in its own text. */
export function Button(p: Common & { onClick: () => void; off?: boolean; label?: string }) {
  return (
    <button
      type="button"
      class={classes(p)}
      onClick={() => !p.off && p.onClick()}
      {...(p.off ? { "aria-disabled": "true" as const } : {})}
      {...(p.label ? { "aria-label": p.label } : {})}
    >
      {p.icon && <Icon name={p.icon} />}
      {p.children}
    </button>
  );
}

/** It leads to another screen, or to the phone's own programs (tel:, sms:). */
export function LinkButton(p: Common & { href: string; outside?: boolean }) {
  return (
    <a class={classes(p)} href={p.href} {...(p.outside ? { rel: "noreferrer external" } : {})}>
      {p.icon && <Icon name={p.icon} />}
      {p.children}
    </a>
  );
}
