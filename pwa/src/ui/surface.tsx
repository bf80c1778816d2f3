import type { ComponentChildren, RefCallback } from "preact";
import { distance } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Icon, type IconName } from "./icon.tsx";

export type Surface = "firm" | "loose" | "unpaved" | "other" | "unknown";

/** A number from data, set by script: a style attribute would not pass the CSP. */
export function share(per_cent: number): RefCallback<HTMLElement> {
  return (el) => {
    el?.style.setProperty("--p", `${per_cent}%`);
  };
}

export function Swatch({ surface }: { surface: Surface }) {
  return <span class="swatch">{surface === "unknown" ? "?" : ""}</span>;
}

/** Pattern and word of one kind of surface. */
export function SurfaceKey({ surface }: { surface: Surface }) {
  return (
    <span class="keys-line">
      <span class={`s-${surface}`}>
        <Swatch surface={surface} />
        {t(`surface.${surface}`)}
      </span>
    </span>
  );
}

export interface Part {
  readonly surface: Surface;
  readonly length_m: number;
}

/** A mark over or under the strip, at `share` per cent of the way. */
export interface Mark {
  readonly share: number;
  readonly icon: IconName;
  readonly words?: string;
  readonly stop?: boolean;
}

/** Part of the strip that is closed, in per cent of the way. */
export interface Span {
  readonly from: number;
  readonly share: number;
}

function span({ from, share: wide }: Span): RefCallback<HTMLElement> {
  return (el) => {
    el?.style.setProperty("--p", `${from}%`);
    el?.style.setProperty("--w", `${wide}%`);
  };
}

/** The whole way as one line. `label` is the same in words: nothing stands in the drawing alone. */
export function WayStrip(p: {
  parts: readonly Part[];
  above: readonly Mark[];
  below: readonly Mark[];
  shut: readonly Span[];
  label: string;
}) {
  const all = p.parts.reduce((sum, part) => sum + part.length_m, 0) || 1;
  return (
    <div class="way-strip" role="img" aria-label={p.label}>
      {p.above.length > 0 && (
        <div class="above">
          {p.above.map((m) => (
            <span key={m.share} ref={share(m.share)}>
              <Icon name={m.icon} />
            </span>
          ))}
        </div>
      )}
      <div class="whole">
        <div class="line">
          {p.parts.map((part, i) => (
            <i key={i} class={`s-${part.surface}`} ref={share((part.length_m / all) * 100)}>
              {part.surface === "unknown" ? "?" : ""}
            </i>
          ))}
        </div>
        {p.shut.map((one) => (
          <span key={one.from} class="barred" ref={span(one)} />
        ))}
      </div>
      {p.below.length > 0 && (
        <div class="below">
          {p.below.map((m) => (
            <span key={m.share} class={m.stop ? "stop" : ""} ref={share(m.share)}>
              <Icon name={m.icon} />
              {m.words && (m.stop ? <b class="num">{m.words}</b> : <span class="num">{m.words}</span>)}
            </span>
          ))}
        </div>
      )}
      <div class="km">
        <span>{t("route.start")}</span>
        <span>{distance(all)}</span>
      </div>
    </div>
  );
}

/** Metres by surface, in the fixed order, without those that are not there; under each who said so, and when. */
export function Legend({
  parts,
  sources,
  shut_m = 0,
}: {
  parts: readonly Part[];
  sources: ReadonlyMap<Surface, string>;
  shut_m?: number;
}) {
  const order: readonly Surface[] = ["firm", "loose", "unpaved", "other", "unknown"];
  const sum = (g: Surface) => parts.filter((p) => p.surface === g).reduce((a, p) => a + p.length_m, 0);
  return (
    <ul class="legend">
      {order
        .filter((g) => sum(g) > 0)
        .map((g) => (
          <li key={g} class={`s-${g}`}>
            <Swatch surface={g} />
            <span>{t(`legend.${g}`)}</span>
            <span class="num">{distance(sum(g))}</span>
            {sources.has(g) && <span class="src note-text">{sources.get(g)}</span>}
          </li>
        ))}
      {shut_m > 0 && (
        <li class="s-shut">
          <span class="swatch" />
          <span>{t("legend.shut")}</span>
          <span class="num">{distance(shut_m)}</span>
        </li>
      )}
    </ul>
  );
}

/** One step of the way; the rail carries the surface that follows. */
export function WayStep(p: {
  at: string;
  surface: Surface | "shut" | null;
  icon?: IconName | undefined;
  node?: "end" | "bad" | "";
  title: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <li class={p.surface ? `s-${p.surface}` : ""}>
      <span class="km">{p.at}</span>
      <span class="rail">
        <span class={`node ${p.node ?? ""}`}>{p.icon && <Icon name={p.icon} />}</span>
      </span>
      <div>
        <b>{p.title}</b>
        {p.children}
      </div>
    </li>
  );
}
