import type { ComponentChildren } from "preact";
import { t } from "../text/t.ts";
import { Icon, type IconName } from "./icon.tsx";

/** "ved ikke" is a fact, with a form of its own. */
export function Dunno() {
  return <span class="dunno">{t("dunno")}</span>;
}

/** A state in words. `wait` is dashed. Not for touching. */
export function Badge(props: {
  tone?: "now" | "good" | "bad" | "wait" | "plain";
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <span class={`badge${props.tone ? ` ${props.tone}` : ""}`}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </span>
  );
}

export interface OpenWords {
  readonly is: "open" | "closed" | "later" | "unknown";
  readonly words: string;
}

const pictures = { open: "door", closed: "lock", later: "clock" } as const;

/** Open, shut, open later today or not known; the words say it and the picture only helps. */
export function Open({ of, as: As = "span" }: { of: OpenWords; as?: "span" | "p" }) {
  if (of.is === "unknown") {
    return (
      <As class="open">
        <span>
          {of.words} <Dunno />
        </span>
      </As>
    );
  }
  return (
    <As class={`open ${of.is === "open" ? "yes" : "shut"}`}>
      <Icon name={pictures[of.is]} />
      {of.words}
    </As>
  );
}
