/** /desk/opsaetning/begivenheder: who shows events, the days that they leave out, and the hours in which no phone is told anything. */
import type { Site } from "../../api/types.gen.ts";
import { More } from "../../ui/more.tsx";
import { LineField, Tick, wrongAt } from "../parts/field.tsx";
import { ListField } from "../parts/list.tsx";
import { clock } from "../parts/loose.ts";
import {
  type EventsDraft,
  eventsDraft,
  MOST_HOLIDAYS,
  MOST_PERIODS,
  type PeriodDraft,
  readEvents,
} from "./check-events.ts";
import { Head, SaveRow, useForm } from "./form.tsx";

export function EventRules({ site }: { site: Site }) {
  const form = useForm<EventsDraft>("events", eventsDraft(site));
  const { value, wrongs } = form;
  const set = (part: Partial<EventsDraft>) => form.change({ ...value, ...part });
  const quiet = (end: "from" | "to", label: string) => (
    <LineField
      path={`quiet/${end}`}
      label={label}
      short
      mode="decimal"
      value={value.quiet[end].replace(":", ".")}
      wrongs={wrongs}
      onChange={(words) => set({ quiet: { ...value.quiet, [end]: words } })}
      onLeave={() => set({ quiet: { ...value.quiet, [end]: clock(value.quiet[end]) ?? value.quiet[end] } })}
    />
  );
  return (
    <>
      <Head title="Begivenheder og beskeder">
        Hvad foreninger må, hvornår der er ferie, og hvornår telefoner får ro.
      </Head>
      <section class="panel frm" aria-label="Begivenheder">
        <Tick on={value.at_once} onTick={(at_once) => set({ at_once })}>
          Foreningers begivenheder vises med det samme
        </Tick>
        <p class="note-text under">
          {value.at_once
            ? "I ser dem bagefter og kan aflyse dem."
            : "De venter på jer som forslag. Enkelte foreninger kan vises med det samme: det vælges under Arrangører."}
        </p>
        <ListField<PeriodDraft>
          path="school"
          title="Skoleferier"
          hint="Det, der er ”ikke i skoleferier”, springer dem over. Begge dage tæller med."
          each="Ferie"
          add="Tilføj en ferie"
          items={value.school}
          most={MOST_PERIODS}
          wrongs={wrongs}
          fresh={() => ({ from: "", to: "", name: "" })}
          onChange={(school) => set({ school })}
        >
          {(one, put, path) => (
            <>
              <div class="pair">
                <LineField
                  path={`${path}/from`}
                  label="Første dag"
                  type="date"
                  value={one.from}
                  wrongs={wrongs}
                  onChange={(from) => put({ ...one, from })}
                />
                <LineField
                  path={`${path}/to`}
                  label="Sidste dag"
                  type="date"
                  value={one.to}
                  wrongs={wrongs}
                  onChange={(to) => put({ ...one, to })}
                />
              </div>
              <LineField
                path={`${path}/name`}
                label="Navn"
                hint="”Vinterferie”. Lad det stå tomt, hvis det ikke skal hedde noget."
                value={one.name}
                wrongs={wrongs}
                onChange={(name) => put({ ...one, name })}
              />
            </>
          )}
        </ListField>
        <More title={`Helligdage (${value.holidays.length})`} open={wrongAt(wrongs, "holidays", true) !== undefined}>
          <ListField<string>
            path="holidays"
            title={<span class="vh">Helligdage</span>}
            hint="De gælder også for åbningstider."
            each="Helligdag"
            add="Tilføj en helligdag"
            items={value.holidays}
            most={MOST_HOLIDAYS}
            wrongs={wrongs}
            fresh={() => ""}
            onChange={(holidays) => set({ holidays })}
          >
            {(day, put, path, at) => (
              <LineField
                path={path}
                label={`Helligdag ${at + 1}`}
                quiet
                type="date"
                value={day}
                wrongs={wrongs}
                onChange={put}
              />
            )}
          </ListField>
        </More>
        <fieldset class="group">
          <legend>Stille timer</legend>
          <p class="hint">Ingen telefon får besked imens. Det, der skulle komme, kommer før eller efter.</p>
          <div class="pair">
            {quiet("from", "Fra kl.")}
            {quiet("to", "Til kl.")}
          </div>
        </fieldset>
        <SaveRow
          form={form}
          onSave={() =>
            form.save(
              (typed) => readEvents(typed, site),
              (sent) => ({ ...sent }),
            )
          }
        />
      </section>
    </>
  );
}
