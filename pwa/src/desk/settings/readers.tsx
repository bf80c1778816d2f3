/** /desk/opsaetning/borgerne: which types of things the list shows, and which languages can be chosen. */
import { useMemo } from "preact/hooks";
import type { Site } from "../../api/types.gen.ts";
import { number } from "../../text/format.ts";
import { Pick } from "../../ui/choose.tsx";
import { facilities } from "../data/copy.ts";
import { Group, Tick } from "../parts/field.tsx";
import { type ReadersDraft, readersDraft, typesOf, withCode, withLanguage } from "./check.ts";
import { Head, SaveRow, useForm } from "./form.tsx";

export function Readers({ site }: { site: Site }) {
  const form = useForm<ReadersDraft>("readers", readersDraft(site));
  const { codes, languages } = form.value;
  const things = facilities.value;
  const { types, bare } = useMemo(() => typesOf(things.values()), [things]);
  const set = (part: Partial<ReadersDraft>) => form.change({ ...form.value, ...part });
  return (
    <>
      <Head title="Hvad borgerne ser">Det, der er skjult her, står stadig på de steder, det hører til.</Head>
      <section class="panel frm" aria-label="Hvad borgerne ser">
        <Group path="readers/codes" title="Ting i ”I nærheden”">
          <div class="picks">
            <Pick name="readers-codes" on={codes === null} onPick={() => set({ codes: null })}>
              Alle slags, også nye
            </Pick>
            <Pick
              name="readers-codes"
              on={codes !== null}
              onPick={() => codes === null && set({ codes: types.map(({ code }) => code).sort((a, b) => a - b) })}
            >
              Kun dem, vi vælger
            </Pick>
          </div>
          {codes !== null && (
            <>
              {types.map(({ code, words, count }) => (
                <Tick key={code} on={codes.includes(code)} onTick={(on) => set({ codes: withCode(codes, code, on) })}>
                  {words} <span class="note-text">({number(count)})</span>
                </Tick>
              ))}
              {types.length === 0 && <p class="note-text">Her er ingen ting endnu. Hent dem ind først.</p>}
              {bare > 0 && (
                <p class="note-text">
                  {number(bare)} {bare === 1 ? "ting har" : "ting har"} ingen type og vises kun, når alle slags vises.
                </p>
              )}
            </>
          )}
        </Group>
        <Group
          path="readers/languages"
          title="Sprog"
          hint="Dansk er altid med. Det, der ikke er oversat, står på dansk."
        >
          <Tick on={languages.includes("en")} onTick={(on) => set({ languages: withLanguage(languages, "en", on) })}>
            Engelsk
          </Tick>
          <Tick on={languages.includes("de")} onTick={(on) => set({ languages: withLanguage(languages, "de", on) })}>
            Tysk
          </Tick>
        </Group>
        <SaveRow
          form={form}
          onSave={() =>
            form.save(
              (sent) => ({ sent, wrongs: new Map() }),
              (sent) => ({ shown_codes: sent.codes, languages: sent.languages }),
            )
          }
        />
      </section>
    </>
  );
}
