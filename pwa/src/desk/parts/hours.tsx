/** Opening hours by the week, with season, single days and holidays; "ved ikke" is an answer with a source of its own. */
import { Pick } from "../../ui/choose.tsx";
import { More } from "../../ui/more.tsx";
import { today } from "../lists/words.ts";
import { SaidFields } from "./facts.tsx";
import { ChoiceField, Err, Group, idOf, LineField, type Part, Tick, type Wrongs, wrongAt } from "./field.tsx";
import { ListField } from "./list.tsx";
import { clock } from "./loose.ts";
import { SeasonField } from "./season.tsx";
import { type TextDraft, TextField } from "./text.tsx";

/** As it is written: times may still be words ("9", "kl. 9.30"). */
export interface WeeklyDraft {
  readonly days: readonly string[];
  readonly opens: string;
  readonly closes: string;
  readonly from?: string;
  readonly through?: string;
}
export interface ExceptDraft {
  readonly date: string;
  readonly opens: string | null;
  readonly closes: string | null;
}
export interface HoursDraft {
  readonly weekly: readonly WeeklyDraft[] | null;
  readonly holidays: "closed" | "open" | null;
  readonly except: readonly ExceptDraft[];
  readonly note: TextDraft | null;
  readonly source: string;
  readonly seen_on: string;
}

const DAYS = [
  ["mo", "man."],
  ["tu", "tirs."],
  ["we", "ons."],
  ["th", "tors."],
  ["fr", "fre."],
  ["sa", "lør."],
  ["su", "søn."],
] as const;

const fresh = (weekly: HoursDraft["weekly"]): HoursDraft => ({
  weekly,
  holidays: null,
  except: [],
  note: null,
  source: "kommunen",
  seen_on: today(),
});
const week = (): WeeklyDraft => ({ days: ["mo", "tu", "we", "th", "fr"], opens: "", closes: "" });

type Is = "none" | "dunno" | "week";
const isOf = (value: HoursDraft | null): Is => (!value ? "none" : value.weekly === null ? "dunno" : "week");

/** `none`: the words for "nothing is said", where hours may be left out. */
export function HoursField(
  p: Part<HoursDraft | null> & { readonly title?: string; readonly hint?: string; readonly none?: string },
) {
  const { value, wrongs } = p;
  const is = isOf(value);
  const told = wrongs ? { wrongs } : {};
  const choose = (next: Is) => {
    if (next === is) return;
    if (next === "none") p.onChange(null);
    else p.onChange({ ...fresh(null), ...value, weekly: next === "dunno" ? null : [week()] });
  };
  const set = (part: Partial<HoursDraft>) => value && p.onChange({ ...value, ...part });
  return (
    <Group path={p.path} title={p.title ?? "Åbningstid"} hint={p.hint} wrongs={wrongs}>
      <div class="picks">
        <Pick name={idOf(p.path)} on={is === "none"} onPick={() => choose("none")}>
          {p.none ?? "Ikke skrevet"}
        </Pick>
        <Pick name={idOf(p.path)} on={is === "dunno"} onPick={() => choose("dunno")}>
          Ved ikke
        </Pick>
        <Pick name={idOf(p.path)} on={is === "week"} onPick={() => choose("week")}>
          Disse tider
        </Pick>
      </div>
      {value && is === "dunno" && (
        <p class="note-text">Borgeren læser: Ingen har sagt, hvornår her er åbent. Ring, før du tager afsted.</p>
      )}
      {value?.weekly && (
        <ListField
          path={`${p.path}/weekly`}
          title={<span class="vh">Tider i ugen</span>}
          each="Tid"
          add="Tilføj en tid"
          items={value.weekly}
          most={100}
          wrongs={wrongs}
          fresh={week}
          onChange={(weekly) => set({ weekly })}
        >
          {(row, change, path) => <Week {...told} row={row} path={path} onChange={change} />}
        </ListField>
      )}
      {value && (
        <>
          {value.weekly && (
            <ChoiceField
              {...told}
              path={`${p.path}/holidays`}
              label="På helligdage"
              value={value.holidays ?? ""}
              choices={[
                ["", "Ved ikke"],
                ["closed", "Lukket"],
                ["open", "Åbent som andre dage"],
              ]}
              onChange={(holidays) => set({ holidays: holidays === "" ? null : holidays })}
            />
          )}
          <More
            title={
              value.except.length > 0 ? `Dage, der er anderledes: ${value.except.length}` : "Dage, der er anderledes"
            }
            open={wrongAt(wrongs, `${p.path}/except`, true) !== undefined}
          >
            <ListField
              path={`${p.path}/except`}
              title={<span class="vh">Dage, der er anderledes</span>}
              hint="En dag, der følger sine egne tider, som 24. december."
              each="Dag"
              add="Tilføj en dag"
              items={value.except}
              most={400}
              wrongs={wrongs}
              fresh={(): ExceptDraft => ({ date: today(), opens: null, closes: null })}
              onChange={(except) => set({ except })}
            >
              {(row, change, path) => <Day {...told} row={row} path={path} onChange={change} />}
            </ListField>
          </More>
          <TextField
            {...told}
            path={`${p.path}/note`}
            label="Mere om åbningstiden"
            rows={2}
            value={value.note}
            onChange={(note) => set({ note })}
          />
          <SaidFields path={p.path} value={value} onChange={(next) => p.onChange(next)} {...told} />
        </>
      )}
    </Group>
  );
}

function Week({
  row,
  path,
  onChange,
  wrongs,
}: {
  row: WeeklyDraft;
  path: string;
  onChange: (row: WeeklyDraft) => void;
  wrongs?: Wrongs;
}) {
  const told = wrongs ? { wrongs } : {};
  const wrongDays = wrongAt(wrongs, `${path}/days`);
  const allDay = row.opens === "00:00" && row.closes === "24:00";
  const tick = (day: string) =>
    onChange({
      ...row,
      days: DAYS.map(([one]) => one).filter((one) => (one === day ? !row.days.includes(day) : row.days.includes(one))),
    });
  const { from, through, ...rest } = row;
  return (
    <>
      <div class={wrongDays ? "field wrong" : "field"}>
        <fieldset class="chips bare" id={idOf(`${path}/days`)} tabIndex={-1}>
          <legend class="vh">Dage</legend>
          {DAYS.map(([day, words]) => (
            <button
              type="button"
              key={day}
              class="chip"
              aria-pressed={row.days.includes(day)}
              onClick={() => tick(day)}
            >
              {words}
            </button>
          ))}
        </fieldset>
        {wrongDays && <Err id={`${idOf(path)}-days-wrong`}>{wrongDays}</Err>}
      </div>
      <Times
        {...told}
        path={path}
        opens={row.opens}
        closes={row.closes}
        onChange={(opens, closes) => onChange({ ...row, opens, closes })}
      />
      <Tick on={allDay} onTick={(on) => onChange({ ...row, opens: on ? "00:00" : "", closes: on ? "24:00" : "" })}>
        Hele døgnet
      </Tick>
      <SeasonField
        {...told}
        path={path}
        label="Gælder"
        value={from !== undefined && through !== undefined ? { from, through } : null}
        onChange={(season) => onChange(season ? { ...rest, ...season } : rest)}
      />
    </>
  );
}

/** Opens and closes; what is typed is brought into shape where the field is left. */
function Times(p: {
  path: string;
  opens: string;
  closes: string;
  onChange: (opens: string, closes: string) => void;
  wrongs?: Wrongs;
}) {
  const told = p.wrongs ? { wrongs: p.wrongs } : {};
  const [opens, closes] = [clock(p.opens), clock(p.closes, true)];
  const over = opens !== null && closes !== null && closes < opens;
  const tidy = () => p.onChange(opens ?? p.opens, closes ?? p.closes);
  return (
    <div class="pair">
      <LineField
        {...told}
        path={`${p.path}/opens`}
        label="Åbner kl."
        short
        mode="decimal"
        value={p.opens.replace(":", ".")}
        onChange={(typed) => p.onChange(typed, p.closes)}
        onLeave={tidy}
      />
      <LineField
        {...told}
        path={`${p.path}/closes`}
        label="Lukker kl."
        hint={over ? "Næste dag" : undefined}
        short
        mode="decimal"
        value={p.closes.replace(":", ".")}
        onChange={(typed) => p.onChange(p.opens, typed)}
        onLeave={tidy}
      />
    </div>
  );
}

function Day({
  row,
  path,
  onChange,
  wrongs,
}: {
  row: ExceptDraft;
  path: string;
  onChange: (row: ExceptDraft) => void;
  wrongs?: Wrongs;
}) {
  const told = wrongs ? { wrongs } : {};
  const closed = row.opens === null && row.closes === null;
  return (
    <>
      <LineField
        {...told}
        path={`${path}/date`}
        label="Dato"
        type="date"
        value={row.date}
        onChange={(date) => onChange({ ...row, date })}
      />
      <Tick on={closed} onTick={(on) => onChange({ ...row, opens: on ? null : "", closes: on ? null : "" })}>
        Lukket hele dagen
      </Tick>
      {!closed && (
        <Times
          {...told}
          path={path}
          opens={row.opens ?? ""}
          closes={row.closes ?? ""}
          onChange={(opens, closes) => onChange({ ...row, opens, closes })}
        />
      )}
    </>
  );
}
