/** /desk/begivenheder: the list, and in it one event. */
import type { RoomProps } from "../rooms.ts";
import { EventList } from "./list.tsx";

export function EventRoom(_: RoomProps) {
  return <EventList />;
}
