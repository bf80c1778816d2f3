/** English, complete for citizens. What is written here in Danish by others stays Danish and says so (told in t.ts). */
import { fault } from "./en/fault.ts";
import { help } from "./en/help.ts";
import { kinds } from "./en/kinds.ts";
import { list } from "./en/list.ts";
import { map } from "./en/map.ts";
import { place } from "./en/place.ts";
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
  ...help,
  ...map,
  ...search,
};
