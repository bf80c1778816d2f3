/** /desk/begivenheder: the list, and in it one event. */
import type { RoomProps } from "../rooms.ts";
import "./events.css";
import { EventEditor } from "./editor.tsx";
import { EventList } from "./list.tsx";

export function EventRoom({ rest }: RoomProps) {
  return rest.length > 0 ? <EventEditor key={rest[0]} rest={rest} /> : <EventList />;
}
