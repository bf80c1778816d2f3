/** Ops in words: what somebody did with what, which fields, and why the server said no. */
import { FIELD_WORDS } from "./parts/say.ts";

const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** The words of the forms, and those of fields that no form of a thing has. */
const FIELDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(FIELD_WORDS).map(([field, words]) => [field, inSentence(words)])),
  line: "linje",
  to: "tilstand",
  role: "rolle",
  help: "hjælp",
  transport: "transport",
  quiet: "stille timer",
  shown_codes: "typer, der vises",
  languages: "sprog",
  launch: "åbning",
  seen_months: "hvor tit steder ses",
  retention: "hvor længe noget gemmes",
  colours: "farver",
  towns: "byer",
  holidays: "helligdage",
  bounds: "kortets kant",
  land: "land",
  taken_by: "hvem der har den",
  answer: "svar",
  show: "hvad alle ser",
  day: "dag",
  came: "hvor mange der kom",
  new: "heraf nye",
  title: "overskrift",
  body: "besked",
  at: "hvornår",
};

/** A field as people call it; one that is new here by its own name. A part of one ("access/width_cm") is told as the whole. */
export function fieldWords(field: string): string {
  return FIELDS[field] ?? FIELDS[field.split(/[./]/)[0] ?? ""] ?? field;
}

const VERBS: Readonly<Record<string, string>> = {
  save_place: "Rettelse af stedet",
  save_route: "Rettelse af ruten",
  save_facility: "Rettelse af tingen",
  move_state: "Ny tilstand",
  withdraw: "Trukket tilbage",
  restore: "Hentet tilbage",
  merge: "Lagt sammen med en anden",
  answer_fault: "Svar på en fejl",
  report_fault: "Fejl meldt",
  save_event: "Rettelse af begivenheden",
  move_event: "Begivenhedens tilstand",
  change_time: "Rettelse af en enkelt gang",
  split_event: "Delt i to",
  save_organiser: "Rettelse af arrangøren",
  set_organiser: "Sat på en arrangør",
  import_calendar: "Kalender hentet ind",
  save_calendar: "Rettelse af kalenderen",
  end_calendar: "Kalender taget af",
  answer_met: "Svar til dem, der vil tages imod",
  count_event: "Talt, hvor mange der kom",
  send_notice: "Besked sendt",
  stop_notice: "Besked stoppet",
  follow: "Følger",
  unfollow: "Følger ikke mere",
  skip: "Springer en gang over",
  ask_met: "Vil gerne tages imod",
  tell_after: "Svar på, hvordan det var",
  save_push: "Beskeder til en telefon",
  forget_device: "Glemt telefon",
  save_settings: "Opsætning rettet",
  open_trial: "Prøvelink lavet",
  backup: "Sikkerhedskopi",
  apply_import: "Import",
  invite: "Invitation",
  set_role: "Ny rolle",
  end_person: "Lukket ude",
  end_session: "Login afsluttet",
  remove_passkey: "Adgangsnøgle fjernet",
  hand_over: "Givet videre",
  use_invitation: "Invitation brugt",
  add_passkey: "Adgangsnøgle lavet",
  come_in: "Kom med ved kommunens login",
  log_in: "Logget ind",
  log_out: "Logget ud",
};
export const verbWords = (verb: string): string => VERBS[verb] ?? verb;

const WHY: Readonly<Record<string, string>> = {
  conflict: "En anden har rettet det samme imens. Åbn det, og vælg felt for felt.",
  gone: "Det er taget af listen. Gem teksten som en fil, hvis den skal bruges et andet sted.",
  not_ready: "Stedet mangler noget, som alle skal kunne læse. Skriv det først.",
  in_use: "Et mødested bruger ruten. Giv stedet en anden rute først.",
  bad_step: "Stedet har skiftet tilstand imens. Se, hvordan det står nu.",
  forbidden: "Din rolle må ikke det her. Spørg en administrator.",
  login_again: "Det kræver, at du lige har logget ind. Log ind igen, og prøv en gang til.",
  again_soon: "De samme har fået en besked inden for 24 timer. Åbn den, og sig, at du er sikker.",
  unknown_subject: "Serveren kender det ikke.",
  too_long: "Teksten er for lang. Gør den kortere, og gem igen.",
  too_large: "Det fylder for meget til at sende på én gang. Del det i to.",
};

/** Why the server said no, in the desk's own words; else in the server's. */
export function whyWords(code: string | undefined, detail: string | undefined): string {
  const words = code === undefined ? undefined : WHY[code];
  // What lacks, and which value is wrong, only the server's own words say.
  if (detail && (code === "not_ready" || code === "invalid" || words === undefined)) return detail;
  return words ?? "Serveren kunne ikke tage imod det.";
}

/** What an op says, to be read by a person in a file: a line for each field, words as they were written. */
export function asText(args: Readonly<Record<string, unknown>>): string {
  const { set, ...rest } = args;
  const all = { ...rest, ...((set as object | undefined) ?? {}) };
  return Object.entries(all)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([field, value]) =>
        `${field === "to" && typeof value === "object" ? "til" : fieldWords(field)}: ${valueText(value)}`,
    )
    .join("\n");
}

function valueText(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "ja" : "nej";
  const text = value as { da?: unknown };
  if (typeof value === "object" && value !== null && typeof text.da === "string") {
    const others = Object.entries(value).filter(([lang, words]) => lang !== "da" && words);
    return [text.da, ...others.map(([lang, words]) => `(${lang}) ${String(words)}`)].join(" ");
  }
  return JSON.stringify(value);
}
