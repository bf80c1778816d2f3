/** What follows from the form of a place. */
import type { Place } from "../../api/types.gen.ts";

/** Where one goes in the body. */
export const isOut = (form: Place["form"]): boolean => form === "building" || form === "spot" || form === "route";
