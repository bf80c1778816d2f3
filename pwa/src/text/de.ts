import { da } from "./da.ts";
import { later } from "./da-later.ts";
import type { Words } from "./t.ts";

export const de: Words = { ...da, ...later };
