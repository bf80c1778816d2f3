/** The steps of an event's life, and what is asked before each. Pure. */
import type { Look } from "../../ui/button.tsx";
import type { EventState } from "./words.ts";

export type To = EventState | "withdrawn";
export interface Step {
  readonly to: To;
  readonly words: string;
  readonly look: Look;
  /** What is asked before. */
  readonly ask?: Ask;
}
export interface Ask {
  readonly title: string;
  readonly what: string;
  readonly label: string;
  readonly hint: string;
  readonly lacks: string;
  readonly button: string;
  readonly look: Look;
}

const CANCEL: Ask = {
  title: "Aflys det hele?",
  what: "Alle gange, der er tilbage, bliver aflyst. De, der følger den, får besked. Siden bliver stående og siger hvorfor.",
  label: "Hvorfor? Alle kan læse det",
  hint: "For eksempel: Huset er lukket for vinteren.",
  lacks: "Skriv hvorfor. Det står på siden, og i beskeden.",
  button: "Aflys det hele",
  look: "danger",
};
const BACK: Ask = {
  title: "Send forslaget tilbage?",
  what: "Det bliver en kladde igen, og arrangøren kan rette og sende det på ny.",
  label: "Hvad skal rettes? Arrangøren læser det",
  hint: "For eksempel: Skriv, hvor man går ind.",
  lacks: "Skriv, hvad der skal rettes.",
  button: "Send tilbage",
  look: "",
};
const WITHDRAW: Ask = {
  title: "Træk kladden tilbage?",
  what: "Den forsvinder fra listen. Ingen borgere har set den. Den kan hentes tilbage.",
  label: "Hvorfor? Kun I kan læse det",
  hint: "For eksempel: Oprettet to gange.",
  lacks: "Skriv hvorfor, så de andre ved det.",
  button: "Træk tilbage",
  look: "danger",
};

/** What can be done with an event in this state. `atOnce`: what is made is shown without being looked at. */
export function stepsOf(state: EventState, staff: boolean, atOnce: boolean): readonly Step[] {
  const show: Step =
    staff || atOnce
      ? { to: "public", words: "Vis den", look: "" }
      : { to: "proposed", words: "Send til kommunen", look: "" };
  if (state === "draft") return [show, { to: "withdrawn", words: "Træk tilbage", look: "quiet", ask: WITHDRAW }];
  if (state === "proposed")
    return staff
      ? [show, { to: "draft", words: "Send tilbage", look: "quiet", ask: BACK }]
      : [{ to: "draft", words: "Tag forslaget tilbage", look: "quiet" }];
  if (state === "public") return [{ to: "cancelled", words: "Aflys det hele", look: "quiet", ask: CANCEL }];
  return [{ to: "public", words: "Sæt den på igen", look: "" }];
}
