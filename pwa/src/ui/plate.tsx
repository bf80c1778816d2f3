import type { Form } from "../api/types.gen.ts";
import { Icon, type IconName } from "./icon.tsx";

const pictures: Readonly<Record<Form, IconName>> = {
  building: "building",
  spot: "bench",
  route: "route",
  online: "online",
  mental: "mental",
};

/** The form of a place by outline and picture; the same on the list, on the map and on the signs. */
export function Plate({ form, small }: { form: Form; small?: boolean }) {
  return (
    <span class={small ? `plate ${form} small` : `plate ${form}`}>
      <Icon name={pictures[form]} />
    </span>
  );
}
