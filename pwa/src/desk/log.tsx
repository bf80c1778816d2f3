/** /desk/log: who did what, when. For administrators; the newest first, a hundred at a time. */
import { useEffect, useState } from "preact/hooks";
import { Empty } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { get } from "./ask.ts";
import { useDoing, Wrong } from "./busy.tsx";
import { go } from "./go.ts";
import { Withdrawn } from "./lifecycle.tsx";
import { Choose } from "./lists/parts.tsx";
import { clock, today, upper } from "./lists/words.ts";
import { editorOf } from "./overview-waits.ts";
import { fieldWords, verbWords } from "./waits-words.ts";
import { and } from "./words.ts";

/** One thing that was done (server/model/audit.py). */
interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly who: { readonly id: string; readonly name: string } | null;
  readonly verb: string;
  readonly kind: string;
  readonly id: string;
  readonly name: string | null;
  readonly fields: readonly string[];
}
interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly more: boolean;
}
interface Names {
  readonly names: Readonly<Record<string, string>>;
}

const KINDS: Readonly<Record<string, string>> = {
  place: "steder",
  route: "ruter",
  facility: "ting",
  fault: "fejl",
  person: "folk",
  settings: "opsætning",
  session: "login",
  passkey: "adgangsnøgler",
};
const ONE: Readonly<Record<string, string>> = {
  place: "Et sted",
  route: "En rute",
  facility: "En ting",
  fault: "En fejl",
  person: "En person",
  settings: "Opsætningen",
  session: "Et login",
  passkey: "En adgangsnøgle",
};

interface Filter {
  readonly who: string;
  readonly kind: string;
  readonly id: string;
}
const ALL: Filter = { who: "", kind: "", id: "" };

function query(filter: Filter, before: number | null): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) asked.set(name, value);
  if (before !== null) asked.set("before", String(before));
  const words = asked.toString();
  return words ? `?${words}` : "";
}

/** `rest`: perhaps the kind and the id of a thing whose rows alone are wanted. */
export function Log({ rest }: { rest: readonly string[] }) {
  const doing = useDoing();
  const [names, setNames] = useState<Names["names"]>({});
  const [filter, setFilter] = useState<Filter>({ ...ALL, kind: rest[0] ?? "", id: rest[1] ?? "" });
  const [rows, setRows] = useState<readonly AuditRow[] | null>(null);
  const [more, setMore] = useState(false);
  const read = (wanted: Filter, before: number | null) =>
    doing.run(async () => {
      const page = await get<AuditPage>(`/audit${query(wanted, before)}`);
      setRows(before === null ? page.rows : [...(rows ?? []), ...page.rows]);
      setMore(page.more);
    });
  const choose = (part: Partial<Filter>) => {
    const next = { ...filter, ...part };
    setFilter(next);
    read(next, null);
  };
  useEffect(() => read(filter, null), []);
  useEffect(() => {
    get<Names>("/names").then(
      (found) => setNames(found.names),
      () => undefined,
    );
  }, []);
  const day = today();
  const thing = filter.id ? (rows?.find(({ id }) => id === filter.id)?.name ?? ONE[filter.kind] ?? "én ting") : null;
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Hvem gjorde hvad</h1>
          <p class="note-text">De sidste to år. Det, borgere gør, står her ikke.</p>
        </div>
      </div>
      <Wrong doing={doing} />
      <section class="panel" aria-label="Log">
        <div class="in sift">
          <Choose
            id="who"
            label="Hvem"
            value={filter.who}
            options={[["", "alle"], ...Object.entries(names).sort((a, b) => a[1].localeCompare(b[1], "da"))]}
            onChoose={(who) => choose({ who })}
          />
          <Choose
            id="kind"
            label="Hvad"
            value={filter.kind}
            options={[["", "alt"], ...Object.entries(KINDS)]}
            onChoose={(kind) => choose({ kind, id: "" })}
          />
        </div>
        {thing && (
          <p class="in">
            Kun <b>{thing}</b>.{" "}
            <Button look="plain" small onClick={() => choose({ id: "" })}>
              Vis alt igen
            </Button>
          </p>
        )}
        {rows === null && doing.busy && (
          <p class="in" role="status">
            Henter loggen …
          </p>
        )}
        {rows?.length === 0 && (
          <Empty title="Ingen har gjort noget">
            <p>Der er intet i loggen, der passer.</p>
            <div class="btns">
              <Button look="quiet" onClick={() => choose(ALL)}>
                Vis alt
              </Button>
              <LinkButton look="quiet" href="/desk">
                Til overblikket
              </LinkButton>
            </div>
          </Empty>
        )}
        {rows && rows.length > 0 && (
          <table class="table">
            <thead>
              <tr>
                <th>Hvornår</th>
                <th>Hvem</th>
                <th>Hvad</th>
                <th>Om</th>
                <th>
                  <span class="vh">Gør</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.seq}>
                  <td class="when">{upper(clock(row.at, day))}</td>
                  <td>{row.who?.name ?? "ukendt"}</td>
                  <td>
                    {verbWords(row.verb)}
                    {row.fields.length > 0 && (
                      <>
                        <br />
                        <span class="note-text">{upper(and(row.fields.map(fieldWords)))}</span>
                      </>
                    )}
                  </td>
                  <td>
                    <About row={row} />
                  </td>
                  <td>
                    {row.id !== filter.id && row.name && (
                      <Button
                        look="plain"
                        small
                        label={`Kun den: ${row.name}`}
                        onClick={() => {
                          choose({ kind: row.kind, id: row.id });
                          go("/desk/log");
                        }}
                      >
                        Kun den
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {more && (
          <div class="in t3">
            <Button look="quiet" off={doing.busy} onClick={() => read(filter, rows?.at(-1)?.seq ?? null)}>
              {doing.busy ? "Et øjeblik …" : "Vis 100 til"}
            </Button>
          </div>
        )}
      </section>
      {filter.id && isWithdrawn(rows) && <Withdrawn kind={filter.kind as "place"} id={filter.id} name={thing ?? ""} />}
    </>
  );
}

/** The last thing that became of it is that it was withdrawn. */
function isWithdrawn(rows: readonly AuditRow[] | null): boolean {
  const last = rows?.find(({ verb }) => verb === "withdraw" || verb === "restore");
  return last?.verb === "withdraw";
}

function About({ row }: { row: AuditRow }) {
  const words = row.name ?? ONE[row.kind] ?? row.kind;
  const inside = row.kind === "place" || row.kind === "route" || row.kind === "facility";
  return inside ? <a href={editorOf(row.kind, row.id)}>{words}</a> : <span>{words}</span>;
}
