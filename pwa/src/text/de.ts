/** German, complete for citizens. What is written here in Danish by others stays Danish and says so (told in t.ts). */
import { fault } from "./de/fault.ts";
import { follow } from "./de/follow.ts";
import { happens } from "./de/happens.ts";
import { help } from "./de/help.ts";
import { kinds } from "./de/kinds.ts";
import { list } from "./de/list.ts";
import { map } from "./de/map.ts";
import { outbox } from "./de/outbox.ts";
import { place } from "./de/place.ts";
import { reported } from "./de/reported.ts";
import { room } from "./de/room.ts";
import { route } from "./de/route.ts";
import { saved } from "./de/saved.ts";
import { search } from "./de/search.ts";
import { shell } from "./de/shell.ts";
import type { Words } from "./t.ts";

export const de: Words = {
  ...shell,
  ...list,
  ...kinds,
  ...place,
  ...route,
  ...fault,
  ...saved,
  ...reported,
  ...outbox,
  ...room,
  ...help,
  ...happens,
  ...map,
  ...search,
  ...follow,
};
