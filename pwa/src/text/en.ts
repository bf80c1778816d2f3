/** English, complete for citizens. What is written here in Danish by others stays Danish and says so (told in t.ts). */
import { fault } from "./en/fault.ts";
import { follow } from "./en/follow.ts";
import { happens } from "./en/happens.ts";
import { help } from "./en/help.ts";
import { kinds } from "./en/kinds.ts";
import { list } from "./en/list.ts";
import { map } from "./en/map.ts";
import { outbox } from "./en/outbox.ts";
import { place } from "./en/place.ts";
import { reported } from "./en/reported.ts";
import { room } from "./en/room.ts";
import { route } from "./en/route.ts";
import { saved } from "./en/saved.ts";
import { search } from "./en/search.ts";
import { shell } from "./en/shell.ts";
import type { Words } from "./t.ts";

export const en: Words = {
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
