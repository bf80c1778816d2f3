/** What is typed in the desk's forms, read as it is sent. What can not be sent is told by the path of its field, and left as typed. */
import type { Text } from "../../api/types.gen.ts";
import { type AccessDraft, type AccessName, measure } from "./access.tsx";
import type { ApproachDraft } from "./approaches.tsx";
import type { ClosureDraft } from "./closures.tsx";
import type { FactDraft } from "./facts.tsx";
import { tooLong } from "./field.tsx";
import { PROSE, sentText, type TextDraft } from "./text.tsx";

const NO_DANISH = "Skriv den danske tekst også. Oversættelsen bliver stående.";

/** One look at a form: asks each field, and gathers what is wrong. */
export class Checking {
  readonly wrongs = new Map<string, string>();
  readonly tell = (path: string, words: string): void => {
    if (!this.wrongs.has(path)) this.wrongs.set(path, words);
  };

  /** `empty`: what is said where it may not be left out. */
  text(text: TextDraft | null, path: string, limit = PROSE, empty?: string): Text | null {
    const sent = sentText(text);
    if (!sent) {
      if (empty) this.tell(`${path}/da`, empty);
      return null;
    }
    if (!sent.da) this.tell(`${path}/da`, NO_DANISH);
    for (const [language, words] of Object.entries(sent)) {
      const over = tooLong(words as string, limit);
      if (over) this.tell(`${path}/${language}`, over);
    }
    return sent;
  }

  line(words: string | null, path: string, limit: number, empty?: string): string | null {
    const bare = words?.trim() ?? "";
    const over = tooLong(bare, limit);
    if (over) this.tell(path, over);
    if (!bare && empty) this.tell(path, empty);
    return bare || null;
  }

  fact(fact: FactDraft | null, path: string): FactDraft | null {
    if (!fact) return null;
    const source = this.line(fact.source, `${path}/source`, 200, "Skriv, hvem der har sagt det.") ?? "";
    if (!fact.seen_on) this.tell(`${path}/seen_on`, "Vælg dagen, det blev set.");
    return { ...fact, source };
  }

  access(access: AccessDraft | null, path: string): AccessDraft | null {
    if (!access) return null;
    const read = Object.entries(access).map(([key, raw]) => {
      const at = `${path}/${key}`;
      const fact = this.fact(raw as FactDraft | null, at);
      if (!fact || key === "step_free") return [key, fact];
      const found = measure(key as Exclude<AccessName, "step_free">, fact.value);
      if ("value" in found) return [key, { ...fact, value: found.value }];
      this.tell(`${at}/value`, found.wrong);
      return [key, fact];
    });
    return Object.fromEntries(read) as AccessDraft;
  }

  /** An address on the net; "www.…" gets what is missing before it. */
  url(typed: string | null, path: string): string | null {
    const bare = this.line(typed, path, 500);
    if (!bare) return null;
    const whole = /^https?:\/\//i.test(bare) ? bare : `https://${bare}`;
    if (!/^https?:\/\/[^\s.]+\.[^\s]+$/i.test(whole))
      this.tell(path, "Skriv adressen, som den står i browseren: https://…");
    return whole.replace(/^HTTPS?/i, (scheme) => scheme.toLowerCase());
  }

  slug(typed: string, path: string): string {
    const bare = typed.trim().toLowerCase();
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(bare) || bare.length > 80)
      this.tell(path, "Brug små bogstaver fra a til z, tal og bindestreg: baenken-ved-hasseloe-nor. Højst 80 tegn.");
    return bare;
  }

  contact<C extends { readonly name: string; readonly phone: string | null; readonly role: TextDraft | null }>(
    contact: C | null,
    path: string,
  ) {
    if (!contact) return null;
    const phone = this.line(contact.phone, `${path}/phone`, 40);
    const role = this.text(contact.role, `${path}/role`, 200);
    if (!contact.name.trim() && !phone && !role) return null;
    if (phone && !/\d/.test(phone)) this.tell(`${path}/phone`, "Skriv nummeret med tal.");
    return { name: this.line(contact.name, `${path}/name`, 200, "Skriv, hvem man spørger efter.") ?? "", phone, role };
  }

  approaches(list: readonly ApproachDraft[], path: string): readonly ApproachDraft[] {
    return list.map((one, i) => {
      const at = `${path}/${i}`;
      const metres = Number(
        String(one.length_m)
          .trim()
          .replace(/\s*m\.?$/, "")
          .replace(",", "."),
      );
      if (String(one.length_m).trim() === "" || !Number.isFinite(metres) || metres < 0)
        this.tell(`${at}/length_m`, "Skriv længden i hele meter, som 60, eller tegn linjen.");
      if (!one.line) this.tell(`${at}/line`, "Tegn linjen på kortet, eller fjern vejen igen.");
      return {
        ...one,
        name: this.text(one.name, `${at}/name`, 200, "Skriv, hvor man kommer fra."),
        surface: this.fact(one.surface, `${at}/surface`),
        length_m: Math.round(metres),
      };
    });
  }

  closures(list: readonly ClosureDraft[], path: string): readonly ClosureDraft[] {
    return list.map((one, i) => {
      const at = `${path}/${i}`;
      if (!one.from) this.tell(`${at}/from`, "Vælg den første dag.");
      if (one.to && one.to < one.from) this.tell(`${at}/to`, "Den sidste dag ligger før den første.");
      if (one.stretch_ids?.length === 0) this.tell(`${at}/stretch_ids`, "Vælg mindst ét stræk, eller hele ruten.");
      return { ...one, why: this.text(one.why, `${at}/why`, PROSE, "Skriv, hvorfor der er lukket.") };
    });
  }
}

/** "/args/set/name/da" → "name/da"; null where it is no field of the form. */
export function pathOf(at: unknown): string | null {
  const found = typeof at === "string" ? /^\/args\/set\/(.+)$/.exec(at) : null;
  return found?.[1] ?? null;
}
