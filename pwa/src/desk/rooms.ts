/** The desk's rooms: where they lie, what they are called, and who has them. */
import type { FunctionComponent } from "preact";
import type { IconName } from "../ui/icon.tsx";
import { Mine } from "./mine.tsx";
import { Overview } from "./overview.tsx";
import { People } from "./people.tsx";

export interface RoomProps {
  /** What the address says after the room's own. */
  readonly rest: readonly string[];
}

export interface Room {
  readonly path: string;
  readonly words: string;
  readonly icon: IconName;
  /** The right (server/model/person.py) without which nobody sees it. */
  readonly right: string;
  readonly show: FunctionComponent<RoomProps>;
  /** It is reached from another, and stands in no list. */
  readonly inner?: true;
}

export const ROOMS: readonly Room[] = [
  { path: "/desk", words: "Overblik", icon: "chart", right: "staff", show: Overview },
  { path: "/desk/folk", words: "Folk", icon: "people", right: "admin", show: People },
  { path: "/desk/mig", words: "Mig", icon: "user", right: "signed_in", show: Mine },
];

/** The room of an address among those that this person has, and what of the address is left. The first where it is of none. */
export function roomAt(
  path: string,
  rooms: readonly Room[],
): { readonly room: Room | undefined; readonly rest: readonly string[] } {
  const parts = path.split("/").filter(Boolean);
  for (let many = parts.length; many > 0; many--) {
    const room = rooms.find((one) => one.path === `/${parts.slice(0, many).join("/")}`);
    // The desk itself has no rooms within: what is unknown there is nobody's.
    if (room && (room.path !== "/desk" || many === parts.length)) return { room, rest: parts.slice(many).map(decode) };
  }
  return { room: rooms[0], rest: [] };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
