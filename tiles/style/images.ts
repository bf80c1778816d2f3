// Patterns and pins, drawn on the phone at start from the tokens of the theme in use: no sprite, and sharp on every screen.
// Units are CSS px; `map.ts` draws an image when the style first asks for its name.
import { type Colours, coloursOf, fade } from "./themes.ts";

type Pen = CanvasRenderingContext2D;

interface Image {
  w: number;
  h: number;
  /** The pen stands in the upper left corner for a pattern, in the middle for everything else. */
  middle?: true;
  draw(pen: Pen, c: Colours): void;
}

/** A pattern's name in the style → how it is drawn. Every one repeats without a seam. */
const PATTERNS: Readonly<Record<string, Image>> = {
  // Strips lean by 22 px in 110, the slope of the drawing's fields, and meet their own like at the lower edge.
  "field-strip": {
    w: 44,
    h: 220,
    draw(pen, c) {
      pen.fillStyle = c["m-field-2"];
      for (const x of [-44, 0, 44]) pen.fill(new Path2D(`M${x} 0h22l44 220h-22z`));
    },
  },
  "wood-crown": {
    w: 20,
    h: 18,
    draw(pen, c) {
      pen.fillStyle = fade(c["m-label-nature"], 0.26);
      pen.fill(new Path2D("M5 8c0-4 5-4 5 0zM14 16c0-3.5 4.5-3.5 4.5 0z"));
    },
  },
  "wetland-dash": {
    w: 22,
    h: 14,
    draw: (pen, c) => stroke(pen, "M2 4h9M12 11h8", fade(c["m-shore"], 0.55), 1.2, "butt"),
  },
  "sand-dot": {
    w: 8,
    h: 8,
    draw(pen, c) {
      pen.fillStyle = fade(c["m-path"], 0.6);
      pen.fill(disc(2, 2, 0.9));
      pen.fill(disc(6, 6, 0.9));
    },
  },
  // 12 px from bar to bar across, so 17 along each axis. The corners are filled from the neighbours.
  outside: {
    w: 17,
    h: 17,
    draw: (pen, c) =>
      stroke(pen, "M-17 17L17 -17M0 17L17 0M-4 38L38 -4M-17 34L34 -17", fade(c["m-veil"], 0.34), 5, "butt"),
  },
  // Bars of 4 px every 10 px, slanted: the surface "andet" of parts.css. Higher than any route is wide.
  slant: { w: 16, h: 16, draw: (pen, c) => stroke(pen, "M-8 16L8 0M0 24L24 0M-8 8L8 -8M8 24L24 8", c.act, 5, "butt") },
};

/** Outline of each form, 38 px across, around the middle; and where its icon stands. As `.plate` in parts.css. */
const PLATES: Readonly<Record<string, { outline: string; icon: string; at: number; size: number }>> = {
  spot: {
    outline: "M0-19a19 19 0 1 0 .1 0z",
    icon: "M2 21h20M4 6.5h16M4 10.5h16M2.5 15h19M6.5 6.5V21M17.5 6.5V21",
    at: 0,
    size: 0.95,
  },
  building: {
    outline: "M0-21L19-8V18H-19V-8z",
    icon: "M2 21h20M4.5 21V11L12 4.5 19.5 11v10M10 21v-5.5h4V21",
    at: 2.5,
    size: 0.95,
  },
  route: {
    outline: "M-10-18H10L21 0 10 18H-10L-21 0z",
    icon: "M3.5 19a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M16.5 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0M8 19h7.5a3.5 3.5 0 0 0 0-7h-7a3.5 3.5 0 0 1 0-7H16",
    at: 0,
    size: 0.95,
  },
  online: {
    outline: "M-8-18H8A10 10 0 0 1 18-8V8A10 10 0 0 1 8 18H-18V-8A10 10 0 0 1 -8-18z",
    icon: "M3 4.5h18v12H3zM8 21h8M12 16.5V21M8 10.5h.01M12 10.5h.01M16 10.5h.01",
    at: 0,
    size: 0.85,
  },
  mental: {
    outline: "M0-22L22 0 0 22-22 0z",
    icon: "M5.5 10a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M2.5 21v-.5a6 6 0 0 1 12 0v.5M14.5 3h7v6h-3.2L15.5 11.5V9h-1z",
    at: 0,
    size: 0.78,
  },
};
export const FORMS = Object.keys(PLATES);

/** A pin at `scale`, its middle at the pen. `thing`: a bench or a toilet is no place, so a ring in ink without a plate. */
function pin(pen: Pen, c: Colours, form: string, scale: number, edge: number): void {
  const plate = PLATES[form];
  pen.save();
  pen.scale(scale, scale);
  if (!plate) {
    pen.fillStyle = c["m-case"];
    pen.fill(disc(0, 0, 16));
    pen.fillStyle = c.ink;
    pen.fill(disc(0, 0, 13));
    pen.fillStyle = c["m-case"];
    pen.fill(disc(0, 0, 5));
  } else {
    stroke(pen, plate.outline, c["m-case"], edge);
    pen.fillStyle = c.act;
    pen.fill(new Path2D(plate.outline));
    pen.translate(-12 * plate.size, -12 * plate.size + plate.at);
    pen.scale(plate.size, plate.size);
    stroke(pen, plate.icon, c["on-act"], 2.2);
  }
  pen.restore();
}

function signs(pen: Pen, c: Colours, sign: string, scale: number): void {
  pen.scale(scale, scale);
  if (sign === "fault") {
    pen.scale(0.85, 0.85);
    const triangle = "M0-11L13 11H-13z";
    stroke(pen, triangle, c["m-case"], 6);
    pen.fillStyle = c.now;
    pen.fill(new Path2D(triangle));
    stroke(pen, "M0-3V3.5M0 7.5h.01", c["on-now"], 2.6);
    return;
  }
  if (sign === "shut") {
    pen.fillStyle = c["m-case"];
    pen.fill(disc(0, 0, 12));
    pen.fillStyle = c.bad;
    pen.fill(disc(0, 0, 9.75));
    // A bar across, as at a road that is closed.
    stroke(pen, "M-5 0H5", c["m-case"], 3.4);
    return;
  }
  pen.fillStyle = c["m-case"];
  pen.fill(disc(0, 0, 11.25));
  pen.fillStyle = c.now;
  pen.fill(disc(0, 0, 9));
  stroke(pen, "M0-5V0l3.5 2", c["on-now"], 2.2);
}

/** Name without its theme → how it is drawn; null for a name that no style of ours asks for. */
function recipe(name: string): Image | null {
  const pattern = PATTERNS[name];
  if (pattern) return pattern;
  const [, what = "", of = "", size = ""] = /^(pin|sign)-([a-z]+?)(-small|-chosen)?$/.exec(name) ?? [];
  if (what === "pin" && (of in PLATES || of === "thing")) {
    if (size === "-chosen") return { w: 72, h: 74, middle: true, draw: (pen, c) => foot(pen, c, of) };
    const small = size === "-small";
    const side = small ? 32 : 52;
    return { w: side, h: side, middle: true, draw: (pen, c) => pin(pen, c, of, small ? 0.62 : 1, small ? 7 : 5) };
  }
  if (what === "sign" && (of === "fault" || of === "shut" || of === "today")) {
    const scale = size === "-small" ? 0.68 : size === "-chosen" ? 1.25 : 1;
    return { w: 34, h: 34, middle: true, draw: (pen, c) => signs(pen, c, of, scale) };
  }
  if (name === "town-dot") return { w: 12, h: 12, middle: true, draw: dot };
  if (name === "you") return { w: 34, h: 34, middle: true, draw: you };
  if (name === "you-wedge") return { w: 104, h: 104, middle: true, draw: wedge };
  return null;
}

/** The chosen pin: 54 px over a foot whose tip stands 5 px above the lower edge, with a shadow on the ground. */
function foot(pen: Pen, c: Colours, form: string): void {
  pen.translate(0, 32);
  pen.fillStyle = fade(c.ink, 0.5);
  const shade = new Path2D();
  shade.ellipse(0, 0, 9, 3.5, 0, 0, 2 * Math.PI);
  pen.fill(shade);
  const tip = "M0 0l-8-12h16z";
  stroke(pen, tip, c["m-case"], 5);
  pen.fillStyle = form === "thing" ? c.ink : c.act;
  pen.fill(new Path2D(tip));
  pen.translate(0, -34);
  pin(pen, c, form, 1.42, 3.5);
}

function dot(pen: Pen, c: Colours): void {
  pen.fillStyle = c["m-case"];
  pen.fill(disc(0, 0, 4.4));
  pen.fillStyle = c["m-label"];
  pen.fill(disc(0, 0, 3.2));
}

function you(pen: Pen, c: Colours): void {
  pen.fillStyle = c.ink;
  pen.fill(disc(0, 0, 14));
  pen.fillStyle = c.now;
  pen.fill(disc(0, 0, 10));
}

/** 48 px long, 40° wide, to the north; the style turns it. */
function wedge(pen: Pen, c: Colours): void {
  pen.fillStyle = fade(c.ink, 0.42);
  const slice = new Path2D();
  slice.moveTo(0, 0);
  slice.arc(0, 0, 48, (-110 * Math.PI) / 180, (-70 * Math.PI) / 180);
  slice.closePath();
  pen.fill(slice);
}

function disc(x: number, y: number, r: number): Path2D {
  const path = new Path2D();
  path.arc(x, y, r, 0, 2 * Math.PI);
  return path;
}

function stroke(pen: Pen, path: string, colour: string, width: number, cap: CanvasLineCap = "round"): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineCap = cap;
  pen.lineJoin = "round";
  pen.stroke(new Path2D(path));
}

/** Whether `drawImage` knows a name that stands in a style. */
export function known(name: string): boolean {
  return split(name) !== null;
}

function split(name: string): { c: Colours; image: Image } | null {
  const [look = "", rest = ""] = name.split("/");
  const c = coloursOf(look);
  const image = recipe(rest);
  return c && image ? { c, image } : null;
}

/** The image of a name in a style (`dark/pin-spot`, `dark:#9fd0ff/pin-spot`), `ratio` device pixels to a CSS px; null where there is no such name. */
export function drawImage(name: string, ratio: number): ImageData | null {
  const found = split(name);
  if (!found) return null;
  const { image, c } = found;
  const canvas = document.createElement("canvas");
  canvas.width = image.w * ratio;
  canvas.height = image.h * ratio;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return null;
  pen.scale(ratio, ratio);
  if (image.middle) pen.translate(image.w / 2, image.h / 2);
  image.draw(pen, c);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
