// The style of the map, drawn with on the phone and (later) on paper.
export { drawImage, FORMS, known } from "./images.ts";
export { SMALL_BELOW, SURFACES } from "./life.ts";
export { style, type Wanted } from "./style.ts";
export { COLOURS, THEMES, type Theme } from "./themes.ts";
