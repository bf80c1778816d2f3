/** Undervejs: what one meets, step by step; the rail carries the surface. */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Route } from "../store/signals.ts";
import { distance, number } from "../text/format.ts";
import { t } from "../text/t.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";
import { iconOf } from "../ui/kinds.ts";
import { Dunno } from "../ui/state.tsx";
import { type Surface, WayStep } from "../ui/surface.tsx";
import { sourceOf, surfaceOf } from "./facts.tsx";
import { FacilityName, facilitySays } from "./list-rows.tsx";
import { along, placed } from "./words/route.ts";

interface Stop {
  readonly key: string;
  readonly at_m: number;
  readonly icon?: IconName;
  readonly node: "end" | "bad" | "";
  readonly title: ComponentChildren;
  readonly text?: ComponentChildren;
}

/** A long route has hundreds of steps: these many first, the rest on a tap. */
const FIRST = 24;
const whole = signal<string | null>(null);

/** Nearer than this to an end is at the end: figures go by tens of metres. */
const AT_END = 5;

function at(m: number): string {
  return m < AT_END ? `0\u00a0m` : distance(m);
}

function turns(route: Route, shut: ReadonlySet<string>): Stop[] {
  const stops: Stop[] = [];
  let before: Surface | null = null;
  for (const { stretch, from_m } of placed(route)) {
    const surface = surfaceOf(stretch.surface);
    const gate = stretch.access.gate_cm;
    if (before !== null && surface !== before) {
      stops.push({
        key: `g${stretch.id}`,
        at_m: from_m,
        node: "",
        ...(surface === "unknown" ? { icon: "ask" as const } : {}),
        title:
          surface === "unknown" ? (
            <>
              {t("route.turnsDunno")} <Dunno />
            </>
          ) : (
            t(`route.turns${surface}`)
          ),
        text: surface === "unknown" ? t("route.turnsDunnoText", { length: distance(stretch.length_m) }) : null,
      });
    }
    before = surface;
    const middle = from_m + stretch.length_m / 2;
    if (shut.has(stretch.id)) {
      stops.push({
        key: `c${stretch.id}`,
        at_m: from_m,
        icon: "barrier",
        node: "bad",
        title: t("route.shut"),
        text: distance(stretch.length_m),
      });
    }
    if (gate) {
      stops.push({
        key: `p${stretch.id}`,
        at_m: middle,
        icon: "gate",
        node: gate.value < 100 ? "bad" : "",
        title: t("route.gate", { cm: t("fact.cm", { n: number(gate.value) }) }),
        text: <span class="note-text">{sourceOf(gate, "measured")}</span>,
      });
    }
    const steps = stretch.access.step_free;
    if (steps?.value === false) {
      const text = <span class="note-text">{sourceOf(steps)}</span>;
      stops.push({ key: `s${stretch.id}`, at_m: middle, icon: "step", node: "bad", title: t("route.hasSteps"), text });
    }
  }
  return stops;
}

function met(route: Route): Stop[] {
  return along(route).map(({ facility, at_m, off_m }) => {
    const what = facilitySays(facility, false);
    const off = t("route.off", { m: distance(off_m) });
    return {
      key: facility.id,
      at_m,
      icon: iconOf(facility),
      node: "",
      title: (
        <a class="go-link" href={`/ting/${facility.id}`}>
          <FacilityName of={facility} />
        </a>
      ),
      text:
        off_m < 15 ? (
          what
        ) : what ? (
          <>
            {what}. {off}
          </>
        ) : (
          off
        ),
    };
  });
}

/** The surface that lies after a point of the way. */
function surfaceAfter(route: Route, at_m: number, shut: ReadonlySet<string>): Surface | "shut" {
  const on = placed(route).find(({ stretch, from_m }) => at_m < from_m + stretch.length_m) ?? null;
  if (!on) return surfaceOf(route.stretches.at(-1)?.surface ?? null);
  return shut.has(on.stretch.id) ? "shut" : surfaceOf(on.stretch.surface);
}

/** What stands at an end of the way. */
function Here({ stops }: { stops: readonly Stop[] }) {
  return (
    <>
      {stops.map((s) => (
        <p key={s.key}>
          {s.title}
          {s.text && <>. {s.text}</>}
        </p>
      ))}
    </>
  );
}

export function Underway({ route, shut }: { route: Route; shut: ReadonlySet<string> }) {
  if (route.stretches.length === 0) return null;
  const all = met(route);
  const first = all.filter((s) => s.at_m < AT_END);
  const last = all.filter((s) => s.at_m > route.length_m - AT_END && !first.includes(s));
  const between = all.filter((s) => !first.includes(s) && !last.includes(s));
  const stops = [...turns(route, shut), ...between].sort((a, b) => a.at_m - b.at_m);
  const shown = whole.value === route.id ? stops : stops.slice(0, FIRST);
  const surface = surfaceAfter(route, 0, shut);
  return (
    <Band title={t("route.along")}>
      <ol class="way">
        <WayStep at={at(0)} surface={surface} icon={first[0]?.icon} node="end" title={t("route.begin")}>
          <p>{surface === "shut" ? t("route.shut") : t(`legend.${surface}`)}</p>
          <Here stops={first} />
        </WayStep>
        {shown.map((s) => (
          <WayStep
            key={s.key}
            at={at(s.at_m)}
            surface={surfaceAfter(route, s.at_m, shut)}
            icon={s.icon}
            node={s.node}
            title={s.title}
          >
            {s.text && <p>{s.text}</p>}
          </WayStep>
        ))}
        {shown.length === stops.length && (
          <WayStep
            at={at(route.length_m)}
            surface={null}
            icon="check"
            node="end"
            title={t(route.loop ? "route.home" : "route.finish")}
          >
            <Here stops={last} />
          </WayStep>
        )}
      </ol>
      {shown.length < stops.length && (
        <Button
          look="quiet"
          wide
          onClick={() => {
            whole.value = route.id;
          }}
        >
          {t("list.more", { n: stops.length - shown.length })}
        </Button>
      )}
    </Band>
  );
}
