/** What the place form and its fields take. */
import type { ComponentChildren } from "preact";
import type { Wrongs } from "../parts/field.tsx";
import type { Name, Values } from "./values.ts";

export interface FormProps {
  readonly id: string;
  readonly values: Values;
  readonly wrongs: Wrongs;
  readonly set: <F extends Name>(field: F, value: Values[F]) => void;
  /** A field, or both its versions where two have written it. */
  readonly slot: (field: Name, children: ComponentChildren) => ComponentChildren;
  /** Drawing on the map: which way in is drawn, and a wish to draw one. */
  readonly drawing: number | null;
  /** The map, where there is no room for it beside the form. */
  readonly map: ComponentChildren;
  readonly onDraw: ((at: number) => void) | undefined;
}
