// What the desk's map takes and tells. The map itself is `./draw-map.tsx`; it is light and fetches MapLibre when it is first shown.
import type { Point } from "../../geo/distance.ts";

export type { Point } from "../../geo/distance.ts";

/** A line that the person works on, encoded as on the wire; "" has no points yet. */
export interface Drawn {
  readonly id: string;
  readonly line: string;
  /** What it is called in the list beside the map: "Stræk 2", "Fra parkering". */
  readonly name: string;
  /** Hollow where it is not known, as on the phone. */
  readonly surface?: "firm" | "loose" | "unpaved" | "other" | null;
  readonly closed?: boolean;
}

export interface DrawMapProps {
  /** Names the map for screen readers: "Kort over Bænken ved Hasselø Nor". */
  label: string;
  /** Where to look first where nothing of the person's own is to be seen yet. */
  near?: Point | null;
  /** The thing that is edited ("place/<id>", "route/<id>"): not drawn a second time as it stood before. */
  self?: string;

  /** The point, at most 6 decimals. With `onPoint` it can be set by a tap or by words, dragged, and moved by the arrow keys. */
  point?: Point | null;
  onPoint?: (at: Point) => void;

  lines?: readonly Drawn[];
  /** With it, the line named by `editing` can be drawn: called with the whole line, encoded, at each finished step. */
  onLine?: (id: string, line: string) => void;
  editing?: string | null;

  /** With `onChoose`, lines are chosen by a tap or in the list beside the map. */
  chosen?: readonly string[];
  onChoose?: (ids: readonly string[]) => void;
  /** The line that is being cut. The person finds the spot by a tap or by metres; `onSplit` is told with both halves, encoded. */
  cutting?: string | null;
  onSplit?: (id: string, first: string, second: string) => void;

  /** With it there is a key "Færdig" beside the tools of a line or of a cut: called when the person wants no more of it. */
  onDone?: () => void;
}
