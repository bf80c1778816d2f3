/** Danish for every screen but the first: comes with the file that draws them. */
import { fault } from "./da/fault.ts";
import { follow } from "./da/follow.ts";
import { happens } from "./da/happens.ts";
import { help } from "./da/help.ts";
import { map } from "./da/map.ts";
import { place } from "./da/place.ts";
import { reported } from "./da/reported.ts";
import { room } from "./da/room.ts";
import { route } from "./da/route.ts";
import { saved } from "./da/saved.ts";
import { search } from "./da/search.ts";

export const later = {
  ...place,
  ...route,
  ...fault,
  ...saved,
  ...reported,
  ...room,
  ...help,
  ...happens,
  ...map,
  ...search,
  ...follow,
} as const;
