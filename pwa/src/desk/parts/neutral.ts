/** Words that are sent to no phone, as server/model/neutral.py has them: told while they are written. Both are held to the same table. */

const STEMS = [
  ...["ensom\\w*", "\\w+ensomhed\\w*", "alene\\w*", "isoler(?:et|ede|edes)\\b", "isolation\\w*", "a?social\\w*"],
  ...["kontaktløs\\w*", "venneløs\\w*", "(?:uden|ingen)\\s+(?:venner|familie|netværk)\\b"],
  "savner\\s+(?:nogen|selskab|venner)\\b",
  ...["lonel(?:y|ier|iest|iness)\\b", "lonesome\\w*", "loners?\\b", "alone\\b", "isolat(?:ed|ion|ing)\\b"],
  ...["(?:anti)?social\\w*", "friendless\\w*", "(?:no|without)\\s+(?:friends|family)\\b"],
  ...[
    "einsam(?!m)\\w*",
    "vereinsam\\w*",
    "alleine?\\b",
    "alleinsein\\w*",
    "isoliert\\w*",
    "isolation\\w*",
    "a?sozial\\w*",
  ],
  "(?:keine|ohne)\\s+(?:freunde|familie)\\b",
];
const LETTER = "[\\p{L}\\p{N}_]";
const ALL = new RegExp(
  `(?<!${LETTER})(?:${STEMS.join("|").replaceAll("\\w", LETTER).replaceAll("\\b", `(?!${LETTER})`)})`,
  "giu",
);
/** What can stand within a word and is not seen, and the accents that Danish writes for stress: aléne. */
const SPLIT = /\u00ad|\u0300|\u0301|\u034f|[\u200b-\u200d]|[\ufe00-\ufe0f]/g;

/** The words that are not to be there, as they are written, each once. */
export function heavy(words: string): string[] {
  const plain = words.normalize("NFKD").replace(SPLIT, "").normalize("NFC");
  return [...new Set([...plain.matchAll(ALL)].map(([found]) => found.trim()))];
}

/** What is said of them; undefined where there are none. As server/domain/neutral.py says it. */
export function heavyWords(words: string): string | undefined {
  const found = heavy(words);
  if (found.length === 0) return undefined;
  const told = found.map((word) => `”${word}”`).join(", ");
  return `Skriv det uden ${told}. Det vises på en låst skærm, og andre kan se det. Sig hellere, hvad der sker: kaffe, tur, mødes.`;
}
