/** How a file is read where it does not say so itself: what it is called, where its coordinates are, what its columns mean. */
import { useState } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { More } from "../../ui/more.tsx";
import { ChoiceField, LineField } from "../parts/field.tsx";
import { type Asked, type Column, isTable, type Job } from "./job.ts";

const SYSTEMS = [
  ["", "Som filen siger"],
  ["25832", "25832: meter, UTM 32, som de fleste kommuner"],
  ["25833", "25833: meter, UTM 33, Bornholm"],
  ["4326", "4326: grader, WGS84, som gps"],
  ["3857", "3857: webkort"],
  ["andet", "Et andet nummer"],
] as const;
type System = (typeof SYSTEMS)[number][0];
const FIRST = [
  ["", "Som filen siger"],
  ["nej", "Længden står først"],
  ["ja", "Bredden står først"],
] as const;

/** `columns`: those that somebody has corrected below. */
export function HowRead(p: {
  job: Job;
  open: boolean;
  busy: boolean;
  columns?: readonly Column[];
  onRead: (asked: Asked) => void;
}) {
  const { asked } = p.job;
  const known = SYSTEMS.some(([number]) => number === String(asked.crs ?? ""));
  const [source, setSource] = useState(asked.source ?? "");
  const [system, setSystem] = useState<System>(known ? (String(asked.crs ?? "") as System) : "andet");
  const [number, setNumber] = useState(known ? "" : String(asked.crs));
  const [first, setFirst] = useState<"" | "ja" | "nej">(
    asked.choices.lat_first === null ? "" : asked.choices.lat_first ? "ja" : "nej",
  );
  const [seen, setSeen] = useState(asked.choices.seen_on ?? "");
  const [wrongs, setWrongs] = useState<ReadonlyMap<string, string>>(new Map());
  const submit = () => {
    const wrong = wrongOf(source, system, number);
    setWrongs(wrong);
    if (wrong.size > 0) {
      document.getElementById(wrong.has("import/source") ? "f-import-source" : "f-import-number")?.focus();
      return;
    }
    p.onRead({
      ...asked,
      source: source.trim() || null,
      crs: system === "" ? null : Number(system === "andet" ? number : system),
      choices: {
        ...asked.choices,
        lat_first: first === "" ? null : first === "ja",
        seen_on: seen || null,
        columns: p.columns ?? asked.choices.columns,
      },
    });
  };
  return (
    <section class="panel">
      <div class="in">
        <More title="Læs filen på en anden måde" open={p.open}>
          <form
            class="stack"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <LineField
              path="import/source"
              label="Registrets navn"
              hint="Hvad filen er fra. Står der intet, er det filens eller lagets eget navn."
              value={source}
              limit={200}
              wrongs={wrongs}
              onChange={setSource}
            />
            <ChoiceField
              path="import/crs"
              label="Koordinatsystem"
              value={system}
              choices={SYSTEMS}
              onChange={setSystem}
            />
            {system === "andet" && (
              <LineField
                path="import/number"
                label="Koordinatsystemets nummer (EPSG)"
                value={number}
                mode="numeric"
                short
                wrongs={wrongs}
                onChange={setNumber}
              />
            )}
            <ChoiceField
              path="import/first"
              label="Hvad der står først"
              value={first}
              choices={FIRST}
              onChange={setFirst}
            />
            {isTable(asked.name) && (
              <LineField
                path="import/seen"
                label="Set den"
                hint="Dagen for rækker, der ikke selv har en dato."
                value={seen}
                type="date"
                short
                onChange={setSeen}
              />
            )}
            <Button onClick={submit} off={p.busy}>
              {p.busy ? "Et øjeblik …" : "Læs den igen"}
            </Button>
          </form>
        </More>
      </div>
    </section>
  );
}

export function wrongOf(source: string, system: string, number: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (source.trim().length > 200) found.set("import/source", "Navnet er for langt. Højst 200 tegn.");
  if (system === "andet" && !(/^\d{4,5}$/.test(number.trim()) && Number(number) >= 1024 && Number(number) <= 32_767))
    found.set("import/number", "Skriv nummeret med fire eller fem cifre, som 25832.");
  return found;
}
