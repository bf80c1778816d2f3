/** What the event form and its fields take. */
import type { ComponentChildren } from "preact";
import type { Wrongs } from "../parts/field.tsx";
import type { Name, Values } from "./values.ts";

export interface FormProps {
  readonly values: Values;
  readonly wrongs: Wrongs;
  readonly set: <F extends Name>(field: F, value: Values[F]) => void;
  /** A field, or both its versions where two have written it. */
  readonly slot: (field: Name, children: ComponentChildren) => ComponentChildren;
  /** Staff are asked for more: translations, the organiser, notes, the address. */
  readonly staff: boolean;
}
