/** What waits for somebody to do it, the most important first. Pure: the overview gives it what is known, and draws what comes back. */
import type { IconName } from "../ui/icon.tsx";
import type { Fault, LivePlace } from "./data/things.ts";
import { type EventsKnown, hostless, placesAhead, proposals } from "./events/waits.ts";
import { type Group, group, isOpen, ordered } from "./faults/group.ts";
import { faultIcon, faultTitle } from "./faults/words.ts";
import { doubt, FACT_MONTHS, isLive, oldFacts } from "./lists/known.ts";
import { type Named, nameIn } from "./lists/names.ts";
import type { Lack } from "./lists/pick.ts";
import { count, few, lacks, monthsBefore, span, upper, when } from "./lists/words.ts";
import { fieldWords, whyWords } from "./waits-words.ts";
import { and } from "./words.ts";

/** What a row leads to: an address, an address of a list with what it shows, or something that is done on the spot. */
export type Does =
  | { readonly is: "go"; readonly href: string; readonly lack?: Lack }
  | { readonly is: "seen" | "rest" | "activate"; readonly place: LivePlace };

export interface Wait {
  readonly key: string;
  readonly icon: IconName;
  /** In bold, and what follows it in the same line. */
  readonly title: string;
  readonly rest?: string;
  readonly note: string;
  readonly button: string;
  readonly does: Does;
  readonly also?: { readonly button: string; readonly does: Does };
  /** The one button that is filled: what is lost or stands still if nobody does it. */
  readonly first: boolean;
}

interface DraftSeen {
  readonly kind: string;
  readonly id: string;
  readonly isNew: boolean;
  readonly set: Readonly<Record<string, unknown>>;
  readonly refused?: { readonly code: string; readonly detail: string } | null;
  readonly clashes: readonly { readonly field: string; readonly by: string | null; readonly on: string | null }[];
}
interface UnsentSeen {
  readonly id: string;
  readonly state: "waiting" | "sent" | "refused";
  readonly subject: { readonly kind: string; readonly id: string };
}
export interface Known extends Omit<Named, "events">, EventsKnown {
  readonly faults: ReadonlyMap<string, Fault>;
  readonly drafts: Iterable<DraftSeen>;
  readonly unsent: readonly UnsentSeen[];
  readonly seenMonths: number;
  /** Administrators alone know who asks. */
  readonly asking: readonly { readonly id: string; readonly name: string; readonly asked_on: string | null }[];
  readonly troubles: readonly Trouble[];
}
/** Something of the machine's that somebody must look at: a failed import, a list that is old. */
export interface Trouble {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly button: string;
  readonly href: string;
}

/** So many of a kind are told one by one; the others are one row together. */
const EACH = 3;

const EDITOR: Readonly<Record<string, string>> = {
  place: "/desk/steder",
  route: "/desk/ruter",
  facility: "/desk/ting",
  event: "/desk/begivenheder",
  organiser: "/desk/arrangoerer",
  notice: "/desk/beskeder",
};
export const editorOf = (kind: string, id: string): string => `${EDITOR[kind] ?? "/desk"}/${id}`;
const go = (href: string, lack?: Lack): Does => (lack ? { is: "go", href, lack } : { is: "go", href });

/** All of it in order; [] where nothing waits. */
export function waiting(known: Known): Wait[] {
  const places = [...known.places.values()].filter(isLive).sort((a, b) => a.name.da.localeCompare(b.name.da, "da"));
  const active = places.filter((place) => place.state === "active");
  const ahead = placesAhead(known.events.values(), known.now);
  const of = (what: ReturnType<typeof doubt>) =>
    active.filter((place) => doubt(place, known.today, known.seenMonths, ahead) === what);
  return [
    ...clashes(known),
    ...sentBack(known),
    ...unsent(known),
    ...asking(known),
    ...proposals(known),
    ...faults(known),
    ...known.troubles.map((one) => trouble(one)),
    ...hostless(known),
    ...notReady(places),
    ...rests(of("rests"), known),
    ...together(of("unseen"), "unseen", "clock", `er ikke set i ${span(known.seenMonths)}`),
    ...together(of("contactless"), "contactless", "user", "har ingen, man kan ringe til"),
    ...old(places, known),
    ...begun(known),
  ];
}

function clashes(known: Known): Wait[] {
  return [...known.drafts]
    .filter((draft) => draft.clashes.length > 0)
    .map((draft) => {
      const others = [...new Set(draft.clashes.map((one) => one.by ?? "en anden"))];
      const last = draft.clashes
        .map((one) => one.on ?? "")
        .sort()
        .at(-1);
      const said = last ? `, ${when(last, known.today)}` : "";
      const fields = upper(and([...new Set(draft.clashes.map((one) => fieldWords(one.field)))]));
      return {
        key: `clash ${draft.kind} ${draft.id}`,
        icon: "merge",
        title: nameIn(known, draft.kind, draft.id),
        rest: `er rettet af ${few(others.length + 1)}`,
        note: `Du og ${and(others)}${said}. ${fields}.`,
        button: "Saml",
        does: go(editorOf(draft.kind, draft.id)),
        first: true,
      };
    });
}

/** What the server did not take is a draft again, with its reason. */
const sentBack = (known: Known): Wait[] =>
  [...known.drafts]
    .filter((draft) => draft.refused && draft.clashes.length === 0)
    .map((draft) => ({
      key: `back ${draft.kind} ${draft.id}`,
      icon: "warn",
      title: draftName(known, draft),
      rest: "kunne ikke gemmes",
      note: `${whyWords(draft.refused?.code, draft.refused?.detail)} Det, du skrev, er her endnu.`,
      button: "Ret det",
      does: go(editorOf(draft.kind, draft.id)),
      first: true,
    }));

function draftName(known: Known, draft: DraftSeen): string {
  const name = (draft.set.name as { da?: string } | undefined)?.da?.trim();
  return draft.isNew ? name || "Nyt, uden navn" : nameIn(known, draft.kind, draft.id);
}

function unsent(known: Known): Wait[] {
  const refused = known.unsent.filter((one) => one.state === "refused");
  const waits = known.unsent.filter((one) => one.state !== "refused");
  const names = (all: readonly UnsentSeen[]) =>
    some([...new Set(all.map((one) => nameIn(known, one.subject.kind, one.subject.id)))]);
  const row = (key: string, icon: IconName, title: string, note: string, first: boolean): Wait => {
    return { key, icon, title, note, button: "Se hvorfor", does: go("/desk/venter"), first };
  };
  const found: Wait[] = [];
  if (refused.length > 0) {
    const title = upper(`${count(refused.length, "rettelse", "rettelser")} kunne ikke sendes`);
    found.push(row("refused", "warn", title, `${names(refused)}. Det, du skrev, er her endnu.`, true));
  }
  if (waits.length > 0) {
    const title = upper(`${count(waits.length, "rettelse", "rettelser")} er ikke sendt endnu`);
    found.push({ ...row("unsent", "nonet", title, `${names(waits)}. De er gemt her.`, false), button: "Se dem" });
  }
  return found;
}

const asking = (known: Known): Wait[] =>
  known.asking
    .filter((person) => person.asked_on !== null)
    .map((person) => ({
      key: `asks ${person.id}`,
      icon: "key",
      title: person.name,
      rest: "beder om en ny invitation",
      note: `Siden ${when(person.asked_on ?? known.today, known.today)}. Invitationen var for gammel.`,
      button: "Lav en ny",
      does: go("/desk/folk"),
      first: false,
    }));

function faults(known: Known): Wait[] {
  const open = group([...known.faults.values()].filter((fault) => isOpen(fault.state)));
  const rows = ordered(open, "age", (one) => nameIn(known, one.subject.kind, one.subject.id));
  const each = rows.slice(0, EACH).map((one) => ({
    key: `fault ${one.key}`,
    icon: faultIcon(one.what),
    title: faultTitle(known, one),
    note: faultNote(one, known.today),
    button: "Åbn",
    does: go(`/desk/fejl/${one.faults[0]?.id ?? ""}`),
    first: false,
  }));
  const more = rows.length - each.length;
  if (more <= 0) return each;
  return [
    ...each,
    {
      key: "faults",
      icon: "flag",
      title: upper(count(more, "fejl til", "fejl mere")),
      note: `${some(rows.slice(EACH).map((one) => faultTitle(known, one)))}.`,
      button: "Se alle",
      does: go("/desk/fejl"),
      first: false,
    },
  ];
}

function faultNote(one: Group, today: string): string {
  const by = one.faults.some((fault) => fault.reported_by === "guide") ? "en ruteguide" : "en borger";
  const times = one.faults.length > 1 ? `, ${count(one.faults.length, "gang", "gange")}` : ` af ${by}`;
  const has = one.state !== "taken" ? "Ingen har taget den." : `${one.taken_by ?? "Nogen"} har den.`;
  return `Meldt ${when(one.since, today)}${times}. ${has}`;
}

const trouble = (one: Trouble): Wait => ({
  key: one.key,
  icon: "warn",
  title: one.title,
  note: one.note,
  button: one.button,
  does: go(one.href),
  first: false,
});

/** Those being built before ideas, and those that lack least before the others. */
function notReady(places: readonly LivePlace[]): Wait[] {
  const lack = (place: LivePlace) => place.staff?.missing ?? [];
  const rows = places
    .filter((place) => place.state === "developing" || place.state === "idea")
    .sort((a, b) => Number(a.state === "idea") - Number(b.state === "idea") || lack(a).length - lack(b).length);
  const each = rows.slice(0, EACH).map((place): Wait => {
    const missing = lack(place);
    const ready = missing.length === 0 && place.state === "developing";
    return {
      key: `ready ${place.id}`,
      icon: ready ? "check" : "edit",
      title: place.name.da,
      rest: ready ? "er klar" : place.state === "idea" ? "er en idé" : "er under opbygning",
      note: missing.length > 0 ? lacks(missing) : "Intet mangler.",
      button: ready ? "Tag i brug" : missing.length > 0 ? "Skriv resten" : "Åbn",
      does: ready ? { is: "activate", place } : go(editorOf("place", place.id)),
      first: false,
    };
  });
  const more = rows.slice(EACH);
  return more.length === 0 ? each : [...each, ...together(more, "unready", "pin", "er ikke i brug endnu")];
}

const rests = (places: readonly LivePlace[], known: Known): Wait[] => {
  const each = places.slice(0, EACH).map((place): Wait => {
    const on = place.staff?.last_seen_on ?? null;
    return {
      key: `rests ${place.id}`,
      icon: "pause",
      title: place.name.da,
      rest: "– hviler stedet?",
      note: `${on ? `Sidst set ${when(on, known.today)}` : "Ingen har set det"}, og der er ingen kontakt.`,
      button: "Set i dag",
      does: { is: "seen", place },
      also: { button: "Lad det hvile", does: { is: "rest", place } },
      first: false,
    };
  });
  return [...each, ...together(places.slice(EACH), "rests", "pause", "hviler måske")];
};

/** Places that lack the same, told by one row. */
function together(places: readonly LivePlace[], lack: Lack, icon: IconName, words: string): Wait[] {
  if (places.length === 0) return [];
  const one = places.length === 1 ? places[0] : undefined;
  return [
    {
      key: `together ${lack}`,
      icon,
      title: one ? one.name.da : upper(`${count(places.length, "sted", "steder", true)} ${words}`),
      ...(one ? { rest: words } : {}),
      note: one ? "" : `${some(places.map((place) => place.name.da))}.`,
      button: one ? "Åbn" : "Se dem",
      does: one ? go(editorOf("place", one.id)) : go("/desk/steder", lack),
      first: false,
    },
  ];
}

function old(places: readonly LivePlace[], known: Known): Wait[] {
  const before = monthsBefore(known.today, FACT_MONTHS);
  const found = places
    .filter((place) => place.state === "active" || place.state === "resting")
    .map((place) => ({ place, facts: oldFacts(place, before) }))
    .filter(({ facts }) => facts.length > 0);
  const one = found.length === 1 ? found[0] : undefined;
  if (!one) {
    const words = "har oplysninger, der er over to år gamle";
    return together(
      found.map(({ place }) => place),
      "old",
      "repeat",
      words,
    );
  }
  const note = `${upper(and(one.facts))}.`;
  return [{ ...(together([one.place], "old", "repeat", "har oplysninger, der er over to år gamle")[0] as Wait), note }];
}

/** What somebody began here and has not saved. */
function begun(known: Known): Wait[] {
  const all = [...known.drafts].filter(
    (draft) => draft.clashes.length === 0 && !draft.refused && Object.keys(draft.set).length > 0,
  );
  return all.slice(0, EACH).map((draft) => ({
    key: `draft ${draft.kind} ${draft.id}`,
    icon: "edit",
    title: draftName(known, draft),
    rest: "er ikke gemt færdigt",
    note: `${upper(and(Object.keys(draft.set).map(fieldWords)))}. Din kladde er her.`,
    button: "Skriv videre",
    does: go(editorOf(draft.kind, draft.id)),
    first: false,
  }));
}

/** "Sundby Havn, Skejten, Kettinge Kær og 4 til" */
function some(names: readonly string[]): string {
  const shown = names.slice(0, EACH);
  return names.length > EACH ? `${shown.join(", ")} og ${names.length - EACH} til` : shown.join(", ");
}
