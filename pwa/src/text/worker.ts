/** The few words that the service worker says by itself: it has no dictionary and no choice of language of its own. */
import type { Lang } from "./t.ts";

export interface WorkerWords {
  /** A message that can not be read. */
  readonly news: string;
  readonly newsText: string;
  readonly skip: string;
  readonly skipped: string;
}

export const workerWords: Readonly<Record<Lang, WorkerWords>> = {
  da: {
    news: "Der er nyt i Mødesteder",
    newsText: "Tryk for at se det.",
    skip: "Spring over denne gang",
    skipped: "Du springer over denne gang.",
  },
  en: {
    news: "There is news in Mødesteder",
    newsText: "Tap to see it.",
    skip: "Skip this time",
    skipped: "You skip this time.",
  },
  de: {
    news: "Neues in Mødesteder",
    newsText: "Tippe, um es zu sehen.",
    skip: "Dieses Mal überspringen",
    skipped: "Du überspringst dieses Mal.",
  },
};
