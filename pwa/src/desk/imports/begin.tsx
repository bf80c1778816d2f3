/** A file is chosen and sent; those that are looked at, those that came in, and the way out. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { Badge } from "../../ui/state.tsx";
import { share } from "../../ui/surface.tsx";
import { useDoing, Wrong } from "../busy.tsx";
import { go, here } from "../go.ts";
import { clock, today, upper } from "../lists/words.ts";
import { type Came, type Imports, imports, type Job } from "./job.ts";
import { LIMIT_MB, megabytes } from "./send.ts";
import { again, begin, stop, type Upload, upload } from "./upload.ts";
import { came, STATES } from "./words.ts";

export function Begin() {
  const doing = useDoing();
  const [found, setFound] = useState<Imports | null>(null);
  useEffect(() => doing.run(async () => setFound(await imports())), []);
  const under = (found?.under_way ?? []).filter((job) => !job.imported);
  const before = found?.imported ?? [];
  return (
    <>
      <div class="desk-head">
        <div>
          <h1 tabIndex={-1}>Ind og ud</h1>
          <p class="note-text">
            Hent steder, ruter og faciliteter ind fra en fil. Intet ændres, før du har set, hvad der sker.
          </p>
        </div>
      </div>
      <section class="panel">
        <header>
          <h2>Hent en fil ind</h2>
        </header>
        <div class="in">{upload.value ? <OnItsWay of={upload.value} /> : <Choose />}</div>
      </section>
      <Wrong doing={doing} />
      {under.length > 0 && <UnderWay jobs={under} />}
      {before.length > 0 && <Before of={before} />}
      <Out />
    </>
  );
}

/** Where a file that was sent goes on: to what was found, unless somebody has gone elsewhere meanwhile. */
async function open(sent: Promise<string | null>): Promise<void> {
  const id = await sent;
  if (id !== null && here.peek() === "/desk/ind") go(`/desk/ind/${id}`);
}

function Choose() {
  const [over, setOver] = useState(false);
  const [many, setMany] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    setMany((files?.length ?? 0) > 1);
    const file = files?.[0];
    if (file && files.length === 1) void open(begin(file));
  };
  return (
    <fieldset
      class={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <legend class="vh">Filen</legend>
      <p>
        <b>Slip en fil her, eller vælg den</b>
      </p>
      <input
        ref={field}
        hidden
        type="file"
        aria-label="Filen"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <Button icon="filein" onClick={() => field.current?.click()}>
        Vælg en fil
      </Button>
      <p class="note-text">
        Regneark (CSV, Excel), GeoPackage, GeoJSON, GPX, KML og flere. Højst {LIMIT_MB} MB. En Shapefile er flere filer:
        pak dem som én zip.
      </p>
      <div role="alert">{many && <p class="err">Én fil ad gangen. Vælg den første.</p>}</div>
    </fieldset>
  );
}

function OnItsWay({ of }: { of: Upload }) {
  const percent = Math.round(of.share * 100);
  if (of.phase === "wrong")
    return (
      <div role="alert">
        <Note tone="bad" icon="warn">
          <p>{of.wrong}</p>
        </Note>
        <div class="btns">
          {of.again && <Button onClick={() => void open(again())}>Prøv igen</Button>}
          <Button look="quiet" onClick={stop}>
            Vælg en anden fil
          </Button>
        </div>
      </div>
    );
  const words = {
    counting: "Regner på filen …",
    sending: `Sender ${of.name}: ${percent} % af ${megabytes(of.bytes)}.`,
    asking: "Filen er sendt. Et øjeblik …",
  }[of.phase];
  return (
    <>
      <p role="status">{words}</p>
      <div
        class="furrow"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={`Sender ${of.name}`}
      >
        <i ref={share(percent)} />
      </div>
      <Button look="quiet" onClick={stop}>
        Stop
      </Button>
    </>
  );
}

function UnderWay({ jobs }: { jobs: readonly Job[] }) {
  return (
    <section class="panel">
      <header>
        <h2>Filer, der er læst eller bliver det</h2>
      </header>
      <table class="table">
        <thead>
          <tr>
            <th>Fil</th>
            <th>Sendt</th>
            <th>Hvordan det går</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <td class="long">
                <a href={`/desk/ind/${job.id}`}>{job.asked.name}</a>
              </td>
              <td data-th="Sendt:">
                {upper(clock(job.at, today()))}
                {job.by.name && `, ${job.by.name}`}
              </td>
              <td>
                <Badge
                  {...(job.state === "failed"
                    ? { tone: "bad", icon: "warn" }
                    : job.state === "ready"
                      ? { tone: "good", icon: "check" }
                      : { tone: "wait" })}
                >
                  {STATES[job.state]}
                </Badge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Before({ of }: { of: readonly Came[] }) {
  return (
    <section class="panel">
      <header>
        <h2>Hentet ind før</h2>
      </header>
      <table class="table">
        <thead>
          <tr>
            <th>Hvornår</th>
            <th>Fil</th>
            <th>Hvem</th>
            <th>Hvad det blev til</th>
          </tr>
        </thead>
        <tbody>
          {of.map((one, i) => (
            <tr key={i}>
              <td>{upper(clock(one.at, today()))}</td>
              <td class="long" data-th="Fil:">
                {one.name ?? one.source ?? "ikke sagt"}
              </td>
              <td data-th="Hvem:">{one.by.name ?? "på serveren"}</td>
              <td data-th="Blev til:">{came(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const FILES = [
  ["places", "Mødesteder"],
  ["facilities", "Faciliteter"],
  ["routes", "Ruter"],
] as const;
const FORMATS = [
  ["csv", "CSV"],
  ["geojson", "GeoJSON"],
  ["gpx", "GPX"],
] as const;

/** What everybody can read, as files. */
function Out() {
  return (
    <section class="panel">
      <header>
        <h2>Ud</h2>
        <span class="note-text">Det, alle kan se. CSV er til regneark, GeoJSON til kortprogrammer, GPX til gps.</span>
      </header>
      <div class="in">
        <ul class="outs">
          {FILES.map(([name, words]) => (
            <li key={name}>
              <b>{words}</b>
              <span class="btns start">
                {FORMATS.map(([format, short]) => (
                  <a
                    key={format}
                    class="btn quiet small"
                    href={`/feeds/${name}.${format}`}
                    download
                    aria-label={`${words} som ${short}`}
                  >
                    {short}
                  </a>
                ))}
              </span>
            </li>
          ))}
        </ul>
        <p class="note-text">
          <a href="/feeds" rel="noopener external" target="_blank">
            Om filerne og deres licens
          </a>
        </p>
      </div>
    </section>
  );
}
