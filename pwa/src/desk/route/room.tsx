/** /desk/ruter and what lies in it: the list, one route, a new one. */
import { RouteList } from "../lists/routes.tsx";
import type { RoomProps } from "../rooms.ts";
import { RouteEditor } from "./editor.tsx";

export function RouteRoom({ rest }: RoomProps) {
  return rest.length === 0 ? <RouteList /> : <RouteEditor rest={rest} />;
}
