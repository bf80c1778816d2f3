import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import { Dunno } from "./state.tsx";

/** What, value, and under it who and when. `value` null is the dashed "ved ikke". */
export function FactLine(p: {
  icon: IconName;
  what: ComponentChildren;
  value: ComponentChildren | null;
  source?: ComponentChildren;
}) {
  return (
    <div>
      <Icon name={p.icon} />
      <dt>{p.what}</dt>
      <dd>{p.value ?? <Dunno />}</dd>
      {p.source && <dd class="src">{p.source}</dd>}
    </div>
  );
}

export function Facts({ children, gap }: { children: ComponentChildren; gap?: boolean }) {
  return <dl class={gap ? "facts t3" : "facts"}>{children}</dl>;
}

/** One of the five descriptions. */
export function FiveLine(p: { icon: IconName; what: string; children: ComponentChildren; source?: ComponentChildren }) {
  return (
    <div>
      <Icon name={p.icon} />
      <dt>{p.what}</dt>
      <dd>
        {p.children}
        {p.source && <span class="src">{p.source}</span>}
      </dd>
    </div>
  );
}
