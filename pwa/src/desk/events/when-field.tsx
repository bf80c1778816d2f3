/** "Første dag", "Kl.", "Igen?": when it is, and what follows from it, said before it is sent. */
import { weekday } from "../../geo/copenhagen.ts";
import { capital } from "../../text/format.ts";
import { Chip } from "../../ui/choose.tsx";
import { More } from "../../ui/more.tsx";
import { daysOff } from "../data/copy.ts";
import { today } from "../lists/words.ts";
import { ChoiceField, LineField, Tick, type Wrongs, wrongAt } from "../parts/field.tsx";
import { ListField } from "../parts/list.tsx";
import { clock } from "../parts/loose.ts";
import { DAYS, day as dayLong } from "../words.ts";
import {
  onDate,
  type Repeat,
  repeatOf,
  repeats,
  seriesWords,
  untilOf,
  type WhenDraft,
  weekdaysOf,
  withRepeat,
  withUntil,
} from "./when.ts";

/** `rule`: the series in the server's words, for a rule that is none of the choices. */
export function WhenField(p: {
  value: WhenDraft;
  wrongs: Wrongs;
  rule: string | null;
  onChange: (value: WhenDraft) => void;
}) {
  const { value: when, wrongs } = p;
  const set = (part: Partial<WhenDraft>) => p.onChange({ ...when, ...part });
  const repeat = repeatOf(when.rrule, when.date);
  const said = seriesWords({ ...when, starts: when.starts && clock(when.starts) }, daysOff.value, today());
  const broken = ["days", "left_out", "also"].some((one) => wrongAt(wrongs, `schedule/${one}`, true));
  return (
    <>
      <div class="when">
        <LineField
          path="schedule/date"
          label="Første dag"
          type="date"
          value={when.date}
          wrongs={wrongs}
          onChange={(date) => p.onChange(onDate(when, date))}
        />
        {when.starts !== null && (
          <>
            <Clock
              path="schedule/starts"
              label="Kl."
              value={when.starts}
              wrongs={wrongs}
              onChange={(starts) => set({ starts })}
            />
            <Clock
              path="schedule/ends"
              label="Til kl."
              value={when.ends ?? ""}
              wrongs={wrongs}
              onChange={(ends) => set({ ends })}
            />
          </>
        )}
      </div>
      {when.date !== "" && (
        <p class="note-text under">
          {capital(DAYS[weekday(when.date)] ?? "")} den {dayLong(when.date)}
        </p>
      )}
      <ChoiceField<Repeat>
        path="schedule/rrule"
        label="Igen?"
        value={repeat}
        wrongs={wrongs}
        choices={repeats(when.date, repeat, p.rule)}
        onChange={(next) => p.onChange(withRepeat(when, next, weekdaysOf(when.rrule, when.date)))}
      />
      {repeat === "days" && (
        <fieldset class="chips bare" aria-label="Hvilke dage?">
          {DAYS.map((name, day) => {
            const days = weekdaysOf(when.rrule, when.date);
            const on = days.includes(day);
            const next = on ? days.filter((one) => one !== day) : [...days, day];
            return (
              <Chip key={name} on={on} onClick={() => p.onChange(withRepeat(when, "days", next))}>
                {capital(name)}
              </Chip>
            );
          })}
        </fieldset>
      )}
      {when.rrule !== null && (
        <div class="picks">
          <Skip when={when} skip="school" onChange={p.onChange}>
            Ikke i skoleferier
          </Skip>
          <Skip when={when} skip="holidays" onChange={p.onChange}>
            Ikke på helligdage
          </Skip>
        </div>
      )}
      <div role="status" class="note-text">
        {said && <p>{said}</p>}
        {when.skips.includes("school") && daysOff.value.school.length === 0 && (
          <p>Kommunen har ikke skrevet skoleferierne ind endnu. De bliver sprunget over, når den gør.</p>
        )}
      </div>
      <More title="Mere om hvornår" open={broken}>
        <div class="stack">
          {when.rrule !== null && (
            <LineField
              path="schedule/until"
              label="Sidste dag"
              hint="Lad den stå tom, hvis det bliver ved."
              type="date"
              value={untilOf(when.rrule) ?? ""}
              wrongs={wrongs}
              onChange={(until) => p.onChange(withUntil(when, until || null))}
            />
          )}
          <Tick
            on={when.starts === null}
            onTick={(on) => set(on ? { starts: null, ends: null } : { starts: "", ends: "", days: 1 })}
          >
            Det varer hele dagen
          </Tick>
          {when.starts === null && (
            <LineField
              path="schedule/days"
              label="Så mange dage"
              short
              mode="numeric"
              value={Number.isNaN(when.days) || when.days === 0 ? "" : String(when.days)}
              wrongs={wrongs}
              onChange={(days) => set({ days: /^\d+$/.test(days.trim()) ? Number(days) : 0 })}
            />
          )}
          {when.rrule !== null && (
            <Days
              path="schedule/left_out"
              title="Dage, den ikke er"
              each="Dag, den ikke er"
              days={when.left_out}
              wrongs={wrongs}
              onChange={(left_out) => set({ left_out })}
            />
          )}
          <Days
            path="schedule/also"
            title="Dage, den også er"
            each="Ekstra dag"
            days={when.also}
            wrongs={wrongs}
            onChange={(also) => set({ also })}
          />
        </div>
      </More>
    </>
  );
}

function Clock(p: { path: string; label: string; value: string; wrongs: Wrongs; onChange: (clock: string) => void }) {
  return (
    <LineField
      path={p.path}
      label={p.label}
      mode="decimal"
      short
      value={p.value.replace(":", ".")}
      wrongs={p.wrongs}
      onChange={p.onChange}
      onLeave={() => {
        const read = clock(p.value, true);
        if (read !== null && read !== p.value) p.onChange(read);
      }}
    />
  );
}

function Skip(p: {
  when: WhenDraft;
  skip: "school" | "holidays";
  onChange: (when: WhenDraft) => void;
  children: string;
}) {
  const { skips } = p.when;
  const others = skips.filter((one) => one !== p.skip);
  return (
    <Tick
      on={skips.includes(p.skip)}
      onTick={(on) => p.onChange({ ...p.when, skips: on ? [...others, p.skip] : others })}
    >
      {p.children}
    </Tick>
  );
}

function Days(p: {
  path: string;
  title: string;
  each: string;
  days: readonly string[];
  wrongs: Wrongs;
  onChange: (days: readonly string[]) => void;
}) {
  return (
    <ListField<string>
      path={p.path}
      title={p.title}
      each={p.each}
      add="Tilføj en dag"
      items={p.days}
      most={500}
      wrongs={p.wrongs}
      fresh={() => ""}
      onChange={p.onChange}
    >
      {(day, set, path, at) => (
        <LineField path={path} label={`Dag ${at + 1}`} quiet type="date" value={day} wrongs={p.wrongs} onChange={set} />
      )}
    </ListField>
  );
}
