/** /desk/opsaetning/koersel: how transport on demand is ordered, from which phones count when to do so at the latest. */
import type { Site } from "../../api/types.gen.ts";
import { Pick } from "../../ui/choose.tsx";
import { today } from "../lists/words.ts";
import { Group, LineField, Tick } from "../parts/field.tsx";
import { HoursField } from "../parts/hours.tsx";
import { clock } from "../parts/loose.ts";
import { TextField } from "../parts/text.tsx";
import { type Rule, readTransport, type TransportDraft, transportDraft } from "./check.ts";
import { examples } from "./check-events.ts";
import { Head, SaveRow, useForm } from "./form.tsx";

const RULES: readonly (readonly [Rule, string])[] = [
  ["hours", "Et antal timer før"],
  ["deadline", "Senest et klokkeslæt dagen før"],
  ["none", "Ingen frist"],
];

export function TransportRules({ site }: { site: Site }) {
  const form = useForm<TransportDraft>("transport", transportDraft(site.transport));
  const { value, wrongs } = form;
  const set = (part: Partial<TransportDraft>) => form.change({ ...value, ...part });
  return (
    <>
      <Head title="Kørsel, man bestiller">
        Flextur og lignende. Borgeren får at vide, hvornår der senest skal ringes.
      </Head>
      <section class="panel frm" aria-label="Kørsel">
        <Tick on={value.on} onTick={(on) => set({ on })}>
          Der er kørsel, man kan bestille
        </Tick>
        {value.on && (
          <>
            <LineField
              path="transport/phone"
              label="Telefon"
              type="tel"
              limit={40}
              short
              value={value.phone}
              wrongs={wrongs}
              onChange={(phone) => set({ phone })}
            />
            <Group path="transport/rule" title="Hvornår skal man bestille?">
              <div class="picks">
                {RULES.map(([rule, words]) => (
                  <Pick key={rule} name="transport-rule" on={value.rule === rule} onPick={() => set({ rule })}>
                    {words}
                  </Pick>
                ))}
              </div>
              {value.rule === "hours" && (
                <LineField
                  path="transport/hours_ahead"
                  label="Timer før"
                  short
                  mode="numeric"
                  value={value.hours_ahead}
                  wrongs={wrongs}
                  onChange={(hours_ahead) => set({ hours_ahead })}
                />
              )}
              {value.rule === "deadline" && (
                <LineField
                  path="transport/deadline_local"
                  label="Senest dagen før kl."
                  short
                  mode="decimal"
                  value={value.deadline_local.replace(":", ".")}
                  wrongs={wrongs}
                  onChange={(deadline_local) => set({ deadline_local })}
                  onLeave={() => set({ deadline_local: clock(value.deadline_local) ?? value.deadline_local })}
                />
              )}
            </Group>
            <HoursField
              path="transport/hours"
              title="Hvornår telefonen er åben"
              value={value.hours}
              wrongs={wrongs}
              onChange={(hours) => set({ hours })}
            />
            <TextField
              path="transport/price"
              label="Pris"
              hint="I ord: ”30 kr. hver vej. Ledsager er gratis.”"
              rows={2}
              value={value.price}
              wrongs={wrongs}
              onChange={(price) => set({ price })}
            />
          </>
        )}
        <Reminders
          site={{ ...site, transport: readTransport(value).sent }}
          sure={readTransport(value).wrongs.size === 0}
        />
        <SaveRow form={form} onSave={() => form.save(readTransport, (transport) => ({ transport }))} />
      </section>
    </>
  );
}

/** What reminders follow from the rules as they are written here; nothing while they can not be read. */
function Reminders({ site, sure }: { site: Site; sure: boolean }) {
  if (!sure || !site.transport) return null;
  const all = examples(site, today());
  return (
    <section class="part" aria-label="Påmindelser">
      <h2>Det får den, der følger, besked om</h2>
      {all.every((one) => one.remind === null) ? (
        <p>Ingen påmindelse om kørsel: der er ingen frist at nå.</p>
      ) : (
        <>
          <ul class="ticks bare">
            {all.map((one) => (
              <li key={one.start}>
                <span>
                  Begynder det {one.start}, kommer beskeden <b>{one.remind ?? "ikke"}</b>.
                  {one.orderBy && <> Der skal ringes senest {one.orderBy}.</>}
                </span>
              </li>
            ))}
          </ul>
          <p class="note-text">
            Beskeden siger også, at turen hjem skal bestilles. Ingen besked kommer i de{" "}
            <a href="/desk/opsaetning/begivenheder">stille timer</a>.
          </p>
        </>
      )}
    </section>
  );
}
