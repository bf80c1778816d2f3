// What is done to the way of one route from its screen: each is a change of the draft, so that a killed browser brings it back.
import { useState } from "preact/hooks";
import type { Route } from "../../api/types.gen.ts";
import { decode } from "../../geo/line.ts";
import { newId } from "../data/write.ts";
import { encode } from "../map/encode.ts";
import type { ApproachDraft } from "../parts/approaches.tsx";
import { lengthOfLine } from "../parts/approaches.tsx";
import type { RouteValues } from "./values.ts";
import {
  cut,
  cutClosures,
  drawn,
  fresh,
  gone,
  join,
  type Part,
  removed,
  saidOf,
  shifted,
  type Way,
  wayOf,
} from "./way.ts";

/** What the map is at. */
export type Doing =
  | { readonly what: "look" }
  | { readonly what: "draw" | "cut"; readonly id: string }
  | { readonly what: "approach" | "closure"; readonly at: number };

export interface WayWork {
  readonly way: Way;
  readonly doing: Doing;
  /** Said beside the list: what became of a join, and what it cost. */
  readonly said: string;
  /** False: it is a register's, and its line stays. */
  readonly ours: boolean;
  go(doing: Doing): void;
  add(): void;
  onLine(id: string, line: string): void;
  onSplit(id: string, first: string, second: string): void;
  join(at: number): void;
  remove(id: string): void;
  shift(at: number, by: 1 | -1): void;
  turn(id: string): void;
  setPart(part: Part): void;
  setWay(way: Way): void;
}

const reversed = (line: string): string => encode([...decode(line)].reverse());

type Set = (field: string, value: unknown) => void;

export function useWay(
  route: Route | null,
  set: Readonly<Record<string, unknown>>,
  values: RouteValues,
  ours: boolean,
  change: Set,
): WayWork {
  const [doing, go] = useState<Doing>({ what: "look" });
  const [said, say] = useState("");
  const stands = route?.stretches ?? [];
  const way = wayOf(stands, set);
  const setWay = (next: Way): void => {
    const told = saidOf(stands, next);
    change("stretches", told.stretches);
    change("order", told.order);
  };
  const setClosures = (closures: RouteValues["closures"]): void => {
    if (JSON.stringify(closures) !== JSON.stringify(values.closures)) change("closures", closures);
  };
  return {
    ...{ way, doing, said, ours, go, setWay },
    add() {
      const part = fresh(newId());
      setWay([...way, part]);
      go({ what: "draw", id: part.id });
      say("");
    },
    onLine(id, line) {
      const found = /^approach\/(\d+)$/.exec(id);
      if (!found) return setWay(drawn(way, id, line));
      const at = Number(found[1]);
      const approaches = values.approaches.map(
        (one, i): ApproachDraft => (i === at ? { ...one, line, length_m: lengthOfLine(line) } : one),
      );
      change("approaches", approaches);
    },
    onSplit(id, first, second) {
      const half = newId();
      setWay(cut(way, id, first, second, half));
      setClosures(cutClosures(values.closures, id, half));
      go({ what: "look" });
    },
    join(at) {
      const [one, other] = [way[at], way[at + 1]];
      const done = join(way, at);
      if (!one || !other) return;
      if (!done) {
        say(`Stræk ${at + 1} og ${at + 2} mødes ikke. Træk enderne sammen på kortet først.`);
        return;
      }
      setWay(done.way);
      setClosures(gone(values.closures, other.id, one.id));
      say(
        done.lost
          ? `Stræk ${at + 1} og ${at + 2} er ét nu. Det, der ikke var ens for dem, er ”ved ikke”: se efter.`
          : `Stræk ${at + 1} og ${at + 2} er ét nu.`,
      );
    },
    remove(id) {
      setWay(removed(way, id));
      setClosures(gone(values.closures, id, null));
      go({ what: "look" });
      say("Strækket er fjernet.");
    },
    shift: (at, by) => setWay(shifted(way, at, by)),
    turn(id) {
      setWay(way.map((one) => (one.id === id ? { ...one, line: reversed(one.line) } : one)));
      say("Strækket er vendt.");
    },
    setPart: (part) => setWay(way.map((one) => (one.id === part.id ? part : one))),
  };
}
