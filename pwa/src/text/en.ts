import { da } from "./da.ts";
import type { Words } from "./t.ts";

export const en: Words = { ...da };
