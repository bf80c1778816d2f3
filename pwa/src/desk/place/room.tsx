/** /desk/steder: the list, and in it one place. */
import { PlaceList } from "../lists/places.tsx";
import { PlaceEditor } from "./editor.tsx";

export function PlaceRoom({ rest }: { rest: readonly string[] }) {
  return rest.length > 0 ? <PlaceEditor key={rest[0]} rest={rest} /> : <PlaceList />;
}
