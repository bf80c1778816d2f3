/** What is said of a calendar here: its name, its address, whose it is, and where its events are that do not say so themselves. */
import { useState } from "preact/hooks";
import { Button, LinkButton } from "../../ui/button.tsx";
import { tell } from "../../ui/sheet.tsx";
import { useDoing, Wrong } from "../busy.tsx";
import { organisers, places } from "../data/copy.ts";
import { go } from "../go.ts";
import { me } from "../me.ts";
import { type Choice, ChoiceField, LineField, type Wrongs } from "../parts/field.tsx";
import { focusAt } from "../place/editing.ts";
import { save } from "./ask.ts";
import { plainUrl, wrongUrl } from "./words.ts";

export const NAME_LIMIT = 200;
const HOME = "/desk/kalendere";

export interface Said {
  readonly name: string;
  readonly url: string;
  readonly organiser_id: string;
  readonly place_id: string;
}
export const EMPTY: Said = { name: "", url: "", organiser_id: "", place_id: "" };

const byName = (a: Choice<string>, b: Choice<string>) => a[1].localeCompare(b[1], "da");

/** Whose it is, and where its events are. Who makes events for one organiser is not asked whose. */
export function WhoseAndWhere(p: { said: Said; onChange: (said: Said) => void }) {
  const { said } = p;
  const isStaff = me.value?.rights.includes("staff") ?? false;
  const open = [...places.value.values()].filter(({ state }) => state === "active" || state === "resting");
  const them = [...organisers.value.values()].map((one): Choice<string> => [one.id, one.name]).sort(byName);
  const here = open.map((one): Choice<string> => [one.id, one.name.da]).sort(byName);
  return (
    <>
      {isStaff && (
        <ChoiceField
          path="organiser_id"
          label="Hvis kalender er det?"
          value={said.organiser_id}
          choices={[["", "Ingen bestemt"], ...them]}
          onChange={(organiser_id) => p.onChange({ ...said, organiser_id })}
        />
      )}
      <ChoiceField
        path="place_id"
        label="Hvor er det, når kalenderen ikke siger det?"
        hint="Står der et sted i kalenderen, gælder det. Navnet skal være som på kortet."
        value={said.place_id}
        choices={[["", "Det skal stå i kalenderen"], ...here]}
        onChange={(place_id) => p.onChange({ ...said, place_id })}
      />
    </>
  );
}

/** /desk/kalendere/ny */
export function FromUrl() {
  const doing = useDoing();
  const [said, setSaid] = useState<Said>(EMPTY);
  const [wrongs, setWrongs] = useState<Wrongs>(new Map());
  const send = () => {
    const found = check(said);
    setWrongs(found);
    const [first] = found.keys();
    if (first) return requestAnimationFrame(() => focusAt(first));
    doing.run(async () => {
      const id = await save(setOf(said));
      tell("Kalenderen er gemt. Den læses nu.");
      go(`${HOME}/${id}`);
    });
  };
  return (
    <>
      <p class="crumb">
        <a href={HOME}>Kalendere</a>
      </p>
      <div class="desk-head">
        <h1 tabIndex={-1}>En kalender fra en adresse</h1>
      </div>
      <section class="panel">
        <div class="in frm">
          <LineField
            path="name"
            label="Hvad hedder kalenderen?"
            value={said.name}
            limit={NAME_LIMIT}
            wrongs={wrongs}
            onChange={(name) => setSaid({ ...said, name })}
          />
          <LineField
            path="url"
            label="Kalenderens adresse"
            hint="Den offentlige adresse i iCal-format. Den læses hver time."
            type="url"
            mode="url"
            value={said.url}
            wrongs={wrongs}
            onChange={(url) => setSaid({ ...said, url })}
          />
          <WhoseAndWhere said={said} onChange={setSaid} />
          <Wrong doing={doing} />
          <div class="btns">
            <Button off={doing.busy} onClick={send}>
              Gem og læs den
            </Button>
            <LinkButton look="quiet" href={HOME}>
              Fortryd
            </LinkButton>
          </div>
        </div>
      </section>
    </>
  );
}

/** What is wrong before it is sent, by field. */
export function check(said: Said, hasUrl = true): Wrongs {
  const found = new Map<string, string>();
  if (said.name.trim() === "") found.set("name", "Skriv, hvad kalenderen hedder.");
  const url = hasUrl ? wrongUrl(said.url) : null;
  if (url) found.set("url", url);
  return found;
}

/** As save_calendar takes it; whose it is only from those who may say so. */
export function setOf(said: Said, hasUrl = true) {
  const isStaff = me.peek()?.rights.includes("staff") ?? false;
  return {
    name: said.name.trim(),
    ...(hasUrl ? { url: plainUrl(said.url) } : {}),
    place_id: said.place_id || null,
    ...(isStaff ? { organiser_id: said.organiser_id || null } : {}),
  };
}
