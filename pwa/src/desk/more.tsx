/** /desk/mere: what a phone's four words have no room for. */
import { Icon } from "../ui/icon.tsx";
import { me } from "./me.ts";
import { ROOMS } from "./rooms.ts";

const BELOW = ["/desk", "/desk/steder", "/desk/venter", "/desk/mere"];

export function More() {
  const rooms = ROOMS.filter(
    ({ path, right, inner }) => !inner && !BELOW.includes(path) && me.value?.rights.includes(right),
  );
  return (
    <>
      <div class="desk-head">
        <h1 tabIndex={-1}>Mere</h1>
      </div>
      <nav class="panel" aria-label="Mere">
        {rooms.map(({ path, icon, words }) => (
          <a key={path} class="row" href={path}>
            <Icon name={icon} />
            <b>{words}</b>
          </a>
        ))}
      </nav>
    </>
  );
}
