/** The desk's rooms: where they lie, what they are called, and who has them. */
import type { FunctionComponent } from "preact";
import type { IconName } from "../ui/icon.tsx";
import { CalendarRoom } from "./calendars/room.tsx";
import { EventRoom } from "./events/room.tsx";
import { FaultBoard } from "./faults/board.tsx";
import { HostRoom } from "./host/room.tsx";
import { Imports } from "./imports/imports.tsx";
import { Log } from "./log.tsx";
import { Mine } from "./mine.tsx";
import { NoticeRoom } from "./notices/room.tsx";
import { OrganiserRoom } from "./organisers/room.tsx";
import { Overview } from "./overview.tsx";
import { People } from "./people.tsx";
import { PlaceRoom } from "./place/room.tsx";
import { FacilityEditor } from "./place/thing.tsx";
import { RouteRoom } from "./route/room.tsx";
import { Settings } from "./settings/settings.tsx";
import { Waits } from "./waits.tsx";

export interface RoomProps {
  /** What the address says after the room's own. */
  readonly rest: string[];
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
  { path: "/desk/steder", words: "Steder", icon: "pin", right: "staff", show: PlaceRoom },
  { path: "/desk/ting", words: "Ting", icon: "pin", right: "staff", show: FacilityEditor, inner: true },
  { path: "/desk/ruter", words: "Ruter", icon: "route", right: "staff", show: RouteRoom },
  { path: "/desk/begivenheder", words: "Begivenheder", icon: "calendar", right: "organise", show: EventRoom },
  { path: "/desk/arrangoerer", words: "Arrangører", icon: "people", right: "staff", show: OrganiserRoom },
  { path: "/desk/kalendere", words: "Kalendere", icon: "repeat", right: "organise", show: CalendarRoom },
  { path: "/desk/vaert", words: "Vært", icon: "door", right: "organise", show: HostRoom },
  { path: "/desk/beskeder", words: "Beskeder", icon: "send", right: "staff", show: NoticeRoom },
  { path: "/desk/fejl", words: "Fejl", icon: "flag", right: "staff", show: FaultBoard },
  { path: "/desk/venter", words: "Venter", icon: "inbox", right: "staff", show: Waits },
  { path: "/desk/ind", words: "Ind og ud", icon: "filein", right: "staff", show: Imports },
  { path: "/desk/log", words: "Hvem gjorde hvad", icon: "clock", right: "admin", show: Log },
  { path: "/desk/opsaetning", words: "Opsætning", icon: "edit", right: "admin", show: Settings },
  { path: "/desk/folk", words: "Folk", icon: "people", right: "admin", show: People },
  { path: "/desk/mig", words: "Mig", icon: "user", right: "signed_in", show: Mine },
];

/** The room of an address among those that this person has, and what of the address is left. The first where it is of none. */
export function roomAt(
  path: string,
  rooms: readonly Room[],
): { readonly room: Room | undefined; readonly rest: string[] } {
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
