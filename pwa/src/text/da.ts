/**
 * Danish: the source of all words. Say du; first what is so, then what is kept, then what to do.
 * "|" parts one from many. These are the words of the first screen; da-later.ts has the others.
 */
import { kinds } from "./da/kinds.ts";
import { list } from "./da/list.ts";
import { shell } from "./da/shell.ts";

export const da = { ...shell, ...list, ...kinds } as const;
