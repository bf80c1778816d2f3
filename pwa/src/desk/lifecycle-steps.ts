/** The next steps of a place, by its state and what it lacks: the table of the server's model/lifecycle.py, with words. */
import type { Dissolved, Place } from "../api/types.gen.ts";
import type { Look } from "../ui/button.tsx";
import { and, LACKS } from "./words.ts";

export type To = "developing" | "active" | "resting" | "dissolved";

export interface Step {
  /** A state, or that it leaves the list altogether. */
  readonly to: To | "withdrawn";
  readonly words: string;
  readonly look: Look;
  /** Why it can not be done yet, in the button's own words. */
  readonly off: string | null;
  /** It can not be undone by another step: asked about first. */
  readonly asks: boolean;
}

type StateOf = (Place | Dissolved)["state"];

interface Next {
  readonly to: To | "withdrawn";
  readonly words: string;
  readonly look: Look;
}

const WITHDRAW: Next = { to: "withdrawn", words: "Træk tilbage", look: "danger" };
const DISSOLVE: Next = { to: "dissolved", words: "Nedlæg", look: "danger" };
const STEPS: Readonly<Record<StateOf, readonly Next[]>> = {
  idea: [{ to: "developing", words: "Begynd på det", look: "" }, WITHDRAW],
  developing: [{ to: "active", words: "Tag i brug", look: "" }, WITHDRAW],
  active: [{ to: "resting", words: "Lad det hvile", look: "quiet" }, DISSOLVE],
  resting: [{ to: "active", words: "Tag i brug igen", look: "" }, DISSOLVE],
  dissolved: [],
};

/** What can be done with the place next. `lacks`: its `staff.missing`, [] where nothing lacks. */
export function steps(state: StateOf, lacks: readonly string[]): Step[] {
  return STEPS[state].map((next) => ({
    ...next,
    off:
      next.to === "active" && lacks.length > 0 ? `Mangler: ${and(lacks.map((field) => LACKS[field] ?? field))}` : null,
    asks: next.to === "dissolved" || next.to === "withdrawn",
  }));
}

/** What citizens see of it. */
export const SEEN: Readonly<Record<StateOf, string>> = {
  idea: "Kun I ser det.",
  developing: "Kun I ser det.",
  active: "Alle kan se det.",
  resting: "Alle kan se det, og at det hviler.",
  dissolved: "Siden siger, at stedet er nedlagt.",
};
