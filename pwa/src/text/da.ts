/** Danish: the source of all words. Say du; first what is so, then what is kept, then what to do (LOOK: Words). "|" parts one from many. */
import { fault } from "./da/fault.ts";
import { help } from "./da/help.ts";
import { kinds } from "./da/kinds.ts";
import { list } from "./da/list.ts";
import { place } from "./da/place.ts";
import { saved } from "./da/saved.ts";
import { shell } from "./da/shell.ts";

export const da = { ...shell, ...list, ...kinds, ...place, ...fault, ...saved, ...help } as const;
