import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import { Badge } from "./state.tsx";

export interface StateWords {
  readonly tone: "good" | "bad" | "wait";
  readonly icon: IconName;
  readonly words: string;
}

export function StateBadge({ of }: { of: StateWords }) {
  return (
    <Badge tone={of.tone} icon={of.icon}>
      {of.words}
    </Badge>
  );
}

/** Something that was reported: what picture, on what, the words, and what became of it. A screen reader says it as one line. */
export function ReportRow(p: {
  href: string;
  icon: IconName;
  name: ComponentChildren;
  what: ComponentChildren;
  why?: string | null;
  state: StateWords;
}) {
  return (
    <a class="row report" href={p.href}>
      <span class="post">
        <Icon name={p.icon} />
      </span>
      <span>
        <span class="name">{p.name}</span>
        <span class="vh">, </span>
        <span class="what">{p.what}</span>
        <span class="vh">, </span>
        <span class="has">
          <StateBadge of={p.state} />
        </span>
        {p.why && (
          <>
            <span class="vh">, </span>
            <span class="why">{p.why}</span>
          </>
        )}
      </span>
      <span class="go">
        <Icon name="fwd" />
      </span>
    </a>
  );
}

/** A row that is chosen, not gone to. */
export function PickRow(p: { onPick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="row choose" onClick={p.onPick}>
      <span class="name">{p.children}</span>
      <span class="go">
        <Icon name="fwd" />
      </span>
    </button>
  );
}
