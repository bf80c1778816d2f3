/** /desk/log: who did what, when. For administrators; the newest first, a hundred at a time. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Empty, Note } from "../ui/band.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { get, No } from "./ask.ts";
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
  event: "begivenheder",
  organiser: "arrangører",
  notice: "beskeder",
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
  event: "En begivenhed",
  organiser: "En arrangør",
  notice: "En besked",
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

function query(filter: Filter, before: number | null): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) asked.set(name, value);
  if (before !== null) asked.set("before", String(before));
  const words = asked.toString();
  return words ? `?${words}` : "";
}

/** `rest`: perhaps the kind and the id of a thing whose rows alone are wanted. */
export function Log({ rest }: { rest: readonly string[] }) {
  const [names, setNames] = useState<Names["names"]>({});
  const [who, setWho] = useState("");
  const [kindOnly, setKindOnly] = useState("");
  const [rows, setRows] = useState<readonly AuditRow[] | null>(null);
  const [more, setMore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const turn = useRef(0);
  const [kind = "", id = ""] = rest;
  const filter: Filter = { who, kind: kind || kindOnly, id };
  /** The last question alone is answered: what was chosen before it is nobody's wish any more. */
  const read = (before: number | null) => {
    const mine = ++turn.current;
    setBusy(true);
    setWrong(null);
    get<AuditPage>(`/audit${query(filter, before)}`)
      .then(
        (page) => {
          if (mine !== turn.current) return;
          setRows(before === null ? page.rows : [...(rows ?? []), ...page.rows]);
          setMore(page.more);
        },
        (no: unknown) => {
          if (mine === turn.current) setWrong(no instanceof No ? no.message : "Loggen kunne ikke hentes. Prøv igen.");
        },
      )
      .finally(() => mine === turn.current && setBusy(false));
  };
  useEffect(() => read(null), [who, filter.kind, id]);
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
      <div role="alert">
        {wrong && (
          <Note tone="bad" icon="warn">
            <p>{wrong}</p>
            <div class="btns">
              <Button look="quiet" small onClick={() => read(null)}>
                Prøv igen
              </Button>
            </div>
          </Note>
        )}
      </div>
      <section class="panel" aria-label="Log">
        <div class="in sift">
          <Choose
            id="who"
            label="Hvem"
            value={who}
            options={[["", "alle"], ...Object.entries(names).sort((a, b) => a[1].localeCompare(b[1], "da"))]}
            onChoose={setWho}
          />
          <Choose
            id="kind"
            label="Hvad"
            value={filter.kind}
            options={[["", "alt"], ...Object.entries(KINDS)]}
            onChoose={(chosen) => {
              setKindOnly(chosen);
              if (id) go("/desk/log");
            }}
          />
        </div>
        {thing && (
          <p class="in">
            Kun <b>{thing}</b>.{" "}
            <Button look="plain" small onClick={() => go("/desk/log")}>
              Vis alt igen
            </Button>
          </p>
        )}
        {rows === null && busy && (
          <p class="in" role="status">
            Henter loggen …
          </p>
        )}
        {rows?.length === 0 && (
          <Empty title="Ingen har gjort noget">
            <p>Der er intet i loggen, der passer.</p>
            <div class="btns">
              <Button
                look="quiet"
                onClick={() => {
                  setWho("");
                  setKindOnly("");
                  go("/desk/log");
                }}
              >
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
                        onClick={() => go(`/desk/log/${row.kind}/${row.id}`)}
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
            <Button look="quiet" off={busy} onClick={() => read(rows?.at(-1)?.seq ?? null)}>
              {busy ? "Et øjeblik …" : "Vis 100 til"}
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
