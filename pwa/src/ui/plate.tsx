import { Icon, type IconName } from "./icon.tsx";

export type Kind = "building" | "spot" | "route" | "online" | "mental";

/** The kind of a place by outline and picture; the same on the list, on the map and on the signs. */
export function Plate({ kind, icon = kind, size }: { kind: Kind; icon?: IconName; size?: "big" | "small" }) {
  return (
    <span class={`plate ${kind}${size ? ` ${size}` : ""}`}>
      <Icon name={icon} />
    </span>
  );
}
