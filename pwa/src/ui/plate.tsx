import { Icon, type IconName } from "./icon.tsx";

export type Form = "building" | "spot" | "route" | "online" | "mental";

/** The form of a place by outline and picture; the same on the list, on the map and on the signs. */
export function Plate({ form, icon = form, size }: { form: Form; icon?: IconName; size?: "big" | "small" }) {
  return (
    <span class={`plate ${form}${size ? ` ${size}` : ""}`}>
      <Icon name={icon} />
    </span>
  );
}
