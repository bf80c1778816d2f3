/** Addresses of the app: which screen a path is, and what it leads back to. */
import type { Where } from "../screens/rest.tsx";
import type { Room } from "../ui/nav.tsx";

export type { Where } from "../screens/rest.tsx";

const alone: Readonly<Record<string, Where>> = {
  "": { screen: "list" },
  velkommen: { screen: "list" },
  kort: { screen: "map" },
  "det-sker": { screen: "happens" },
  gemt: { screen: "saved" },
  meldt: { screen: "reported" },
  beskeder: { screen: "notices" },
  hjaelp: { screen: "help" },
  om: { screen: "about" },
};

/** The screen of a path, in capitals too. A name in it is decoded; a broken escape is a page that does not exist. */
export function parse(path: string): Where {
  const parts = path.toLowerCase().split("/").filter(Boolean);
  const [first = "", raw = "", last] = parts;
  if (parts.length < 2) return alone[first] ?? { screen: "missing" };
  const name = decoded(raw);
  const fault = parts.length === 3 && last === "fejl";
  if (!name || parts.length > 3 || (parts.length === 3 && !fault)) return { screen: "missing" };
  if (first === "steder") return fault ? { screen: "fault", kind: "place", name } : { screen: "place", slug: name };
  if (first === "ruter") return fault ? { screen: "fault", kind: "route", name } : { screen: "route", slug: name };
  if (first === "det-sker" && !fault) return { screen: "happens", slug: name };
  if (first === "ting") return fault ? { screen: "fault", kind: "facility", name } : { screen: "facility", id: name };
  return { screen: "missing" };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return null;
  }
}

/** The word of the bottom navigation that is lit. */
export function roomOf(where: Where): Room | null {
  if (where.screen === "missing" || where.screen === "about") return where.screen === "about" ? "help" : null;
  if (where.screen === "reported" || where.screen === "notices") return "saved";
  if (where.screen === "happens" || where.screen === "saved" || where.screen === "help") return where.screen;
  return "places";
}
