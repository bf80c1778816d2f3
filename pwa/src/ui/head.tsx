import type { ComponentChildren } from "preact";
import { t } from "../text/t.ts";
import { Icon } from "./icon.tsx";

/** The heading of a screen. It takes the focus when the screen opens, so that it is read first. */
export function Title({ children }: { children: ComponentChildren }) {
  return <h1 tabIndex={-1}>{children}</h1>;
}

export interface Back {
  readonly href: string;
  readonly words: string;
}

/** Back with the name of where it leads, and what can be done with this page. */
export function Bar({ back, children }: { back: Back; children?: ComponentChildren }) {
  return (
    <nav class="bar" aria-label={t("bar.side")}>
      <a class="tool" href={back.href} data-back="">
        <Icon name="back" />
        <span>{back.words}</span>
      </a>
      <div>{children}</div>
    </nav>
  );
}
