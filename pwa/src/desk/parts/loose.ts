/** What people type, read as what is sent. Kept as typed where it can not be read, so that nothing is lost and the field can say why. */
import type { Point } from "../../geo/distance.ts";

/** A typed number with its unit: "90", "90 cm", "0,9 m", "4,5 %". Null where it is none. */
export function amount(typed: string): { readonly value: number; readonly unit: "cm" | "m" | "%" | null } | null {
  const found = /^(\d+(?:[.,]\d+)?)\s*(cm|m|%)?\.?$/i.exec(typed.trim());
  if (!found) return null;
  return {
    value: Number((found[1] ?? "").replace(",", ".")),
    unit: (found[2]?.toLowerCase() as "cm" | "m" | "%" | undefined) ?? null,
  };
}

/** Whole centimetres: a width is rounded down and a step up, so that nobody is told of more room than there is. */
export function centimetres(typed: string, step: boolean): number | null {
  const found = amount(typed);
  if (!found || found.unit === "%") return null;
  const cm = found.unit === "m" ? found.value * 100 : found.value;
  // 1.1 m is 110.00000000000001 cm to a machine.
  const fine = Math.round(cm * 1000) / 1000;
  return step ? Math.ceil(fine) : Math.floor(fine);
}

/** A time of day as it is sent: "10" → 10:00, "9.30", "0930", "24" (where a day may end). Null where it is none. */
export function clock(typed: string, to24 = false): string | null {
  const bare = typed
    .trim()
    .replace(/^kl\.?\s*/i, "")
    .replace(/\s+/g, "");
  const found = /^(\d{1,2})(?:[.:,](\d{2}))?$/.exec(bare) ?? /^(\d{2})(\d{2})$/.exec(bare);
  if (!found) return null;
  const [h, m] = [Number(found[1]), Number(found[2] ?? 0)];
  if (m > 59 || h > 24 || (h === 24 && (m > 0 || !to24))) return null;
  return `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`;
}

/** Where a typed pair of coordinates lies, and what is said of one that can not be used. */
export type Coordinates = { readonly point: Point } | { readonly wrong: string };

const DENMARK = { west: 7.5, south: 54.3, east: 15.6, north: 58 };
const inDenmark = ([lon, lat]: Point): boolean =>
  lon >= DENMARK.west && lon <= DENMARK.east && lat >= DENMARK.south && lat <= DENMARK.north;

/** Latitude first, as maps show them: "54,765, 11,872", "54.765 11.872", "54,765; 11,872", "54.765 N 11.872 Ø". The other order is seen too. */
export function coordinates(typed: string): Coordinates {
  const numbers = typed
    .replace(/[NØEnøe°]/g, " ")
    .replace(/(\d),(?=\d)/g, "$1.")
    .match(/-?\d+(?:\.\d+)?/g);
  // "54.765,11.872" is two numbers with a comma between, which the line above has made one too many points of.
  const plain = /^\s*(-?\d+\.\d+)\s*,\s*(-?\d+\.\d+)\s*$/.exec(typed);
  const [one, two, ...more] = plain ? [plain[1], plain[2]] : (numbers ?? []);
  if (one === undefined || two === undefined || more.length > 0)
    return { wrong: "Skriv to tal, bredden først: 54,765, 11,872." };
  const [lat, lon] = [Number(one), Number(two)];
  const point: Point = [six(lon), six(lat)];
  if (inDenmark(point)) return { point };
  if (inDenmark([point[1], point[0]])) return { point: [point[1], point[0]] };
  return { wrong: "Punktet ligger uden for Danmark. Skriv bredden først (54–58) og så længden (8–15)." };
}

const six = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** "54,76512, 11,87234": as it is typed. */
export const inFigures = (point: Point): string =>
  [point[1], point[0]].map((degrees) => String(six(degrees)).replace(".", ",")).join(", ");

/** Code points, as the server counts them. */
export const lengthOf = (text: string): number => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length);
