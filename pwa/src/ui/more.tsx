import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

/** Folded: the rest, for those who want it. */
export function More({ title, open, children }: { title: string; open?: boolean; children: ComponentChildren }) {
  return (
    <details class="more" open={open ?? false}>
      <summary>
        <Icon name="down" />
        {title}
      </summary>
      {children}
    </details>
  );
}

/** Numbered sentences. */
export function Steps({ items }: { items: readonly ComponentChildren[] }) {
  return (
    <ol class="steps">
      {items.map((item, i) => (
        <li key={i}>
          <div>{item}</div>
        </li>
      ))}
    </ol>
  );
}
