/** /desk/mere: what a phone's four words have no room for. */
import { Icon } from "../ui/icon.tsx";
import type { Room } from "./rooms.ts";

export function More({ rooms }: { rooms: readonly Room[] }) {
  return (
    <>
      <div class="desk-head">
        <h1 tabIndex={-1}>Mere</h1>
      </div>
      <nav class="panel" aria-label="Mere">
        <ul class="ticks rooms in list">
          {rooms.map(({ path, icon, words }) => (
            <li key={path}>
              <a href={path}>
                <Icon name={icon} />
                {words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
