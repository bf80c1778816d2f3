import type { ComponentChildren } from "preact";
import { t } from "../text/t.ts";
import { Icon } from "./icon.tsx";

interface Land {
  readonly far: string;
  readonly near: string;
}

/** horizon/default.svg and horizon/guldborgsund.svg, as two paths each. */
const plain: Land = {
  far: "M0 44V35q130-7 260-4t280 0q150-5 280 3v10z",
  near: "M0 44v-5q120-3 240-1t230-1q120-3 200 0t150 1v6z",
};
const drawn: Readonly<Record<string, Land>> = {
  "0376": {
    far: "M0 44V35q40-5 90-3t90 1q30-7 70-5t80 4q40-3 60-3t70 3q50-6 90-3t90 6q40-5 90-3t90 1v11zM118 33V15l-9 5 .3-.8 8.7-6V5h1.4v7.5l8 5.5-.4.7-8-4.7V33zM160 33V19l-7 4 .3-.7 6.7-5v-8h1.2v7l6.5 4.3-.4.6-6.4-3.7V33zM470 32V17l-8-4.6.4-.7 7.6 4V9h1.3v7.4l7.3 4.6-.4.7-7-4V32zM690 33V19l-7 4 .3-.7 6.7-5v-8h1.2v7l6.5 4.3-.4.6-6.4-3.7V33z",
    near: "M0 44v-5h34c2-5 7-7 11-5 3-5 11-5 14 0 4-2 9 0 10 4h66v-6l11-5 11 5v1h22v5h69c1-7 2-13 4-13s3 6 4 13h4c1-8 2-15 4-15s3 7 4 15h4c1-7 2-12 4-12s3 5 4 12h62v-8l12-7 12 7V20h1.5v-2.5h2V15h2.5v-2.5h4V15h2.5v2.5h2V20h1.5v18h52c3-4 8-4 11-1 4-6 14-6 18 0 5-4 12-3 14 2h92v-4l16-5 16 5v4h80c2-6 9-7 12-3 4-4 9-3 12 2h116v6z",
  },
};

/** The low horizon under a head: the only ornament. `code` is the municipality's number. */
export function Horizon({ code }: { code?: string | undefined }) {
  const land = drawn[(code ?? "").padStart(4, "0")] ?? plain;
  return (
    <svg class="horizon" aria-hidden="true" focusable="false" viewBox="0 0 820 44" preserveAspectRatio="xMinYMax slice">
      <path class="far" d={land.far} />
      <path class="near" d={land.near} />
    </svg>
  );
}

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
