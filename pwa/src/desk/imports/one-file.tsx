/** /desk/ind/{id}: one file, from the moment it is sent until it is in. */
import { useEffect, useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { share as width } from "../../ui/surface.tsx";
import { No } from "../ask.ts";
import { useDoing, Wrong } from "../busy.tsx";
import { discard } from "../data/write.ts";
import { go } from "../go.ts";
import { type Choices, keep, kept, opsOf } from "./choices.ts";
import { Done } from "./done.tsx";
import { DryRun } from "./dry-run.tsx";
import { HowRead } from "./how-read.tsx";
import { type Asked, isOver, type Job, jobOf, read } from "./job.ts";
import { progress, share } from "./words.ts";

const LOOK_MS = 700;
const UNREACHED_MS = 4_000;

export function OneFile({ id }: { id: string }) {
  const doing = useDoing();
  const [job, setJob] = useState<Job | null>(null);
  const [lost, setLost] = useState(false);
  const [unreached, setUnreached] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [choices, setChoices] = useState<Choices | null>(null);
  useEffect(() => {
    void kept(id).then(setChoices);
  }, [id]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const look = async () => {
      try {
        const now = await jobOf(id);
        if (!here) return;
        setJob(now);
        setUnreached(null);
        if (!isOver(now)) timer = setTimeout(() => void look(), LOOK_MS);
      } catch (why) {
        if (!here) return;
        if (why instanceof No && why.status === 404) return setLost(true);
        setUnreached(why instanceof No ? why.message : "Noget gik galt hos os.");
        timer = setTimeout(() => void look(), UNREACHED_MS);
      }
    };
    void look();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [id, round]);
  const choose = (next: Choices) => {
    setChoices(next);
    return keep(id, next);
  };
  const readAgain = (asked: Asked) =>
    doing.run(async () => {
      const next = await read(asked);
      if (next.id === id) setRound(round + 1);
      else go(`/desk/ind/${next.id}`);
    });
  return (
    <>
      <p class="crumb">
        <a href="/desk/ind">Ind og ud</a>
      </p>
      <div class="desk-head">
        <h1 tabIndex={-1} class="long">
          {job?.asked.name ?? "En fil"}
        </h1>
      </div>
      <Wrong doing={doing} />
      {unreached && (
        <Note icon="nonet" live>
          <p>{unreached} Læsningen fortsætter på serveren.</p>
        </Note>
      )}
      {lost && <Lost />}
      {!lost && !job && !unreached && <p role="status">Et øjeblik …</p>}
      {job && !isOver(job) && <Reading job={job} />}
      {job?.state === "failed" && (
        <>
          <div role="alert">
            <Note tone="bad" icon="warn">
              <p class="long">{job.refused}</p>
              <p>Intet er ændret.</p>
            </Note>
          </div>
          <HowRead job={job} open busy={doing.busy} onRead={readAgain} />
          <LinkButton look="quiet" href="/desk/ind">
            Vælg en anden fil
          </LinkButton>
        </>
      )}
      {job?.state === "ready" &&
        job.found &&
        choices &&
        (opsOf(choices, job).length > 0 || job.imported ? (
          <Done
            job={job}
            found={job.found}
            choices={choices}
            onLook={() => setRound(round + 1)}
            onChoose={(next) => void choose(next)}
            onAgain={() =>
              void Promise.all(opsOf(choices, job).map(discard))
                .then(() => choose({ ...choices, sent: null }))
                .then(() => readAgain(job.asked))
            }
          />
        ) : (
          <DryRun
            job={job}
            found={job.found}
            choices={choices}
            busy={doing.busy}
            onChoose={(next) => void choose(next)}
            onRead={readAgain}
            onSend={(ops) => doing.run(async () => choose({ ...choices, sent: { at: job.at, ops: await ops() } }))}
          />
        ))}
    </>
  );
}

function Reading({ job }: { job: Job }) {
  const done = share(job);
  return (
    <section class="panel">
      <header>
        <h2>Filen bliver læst</h2>
      </header>
      <div class="in">
        <p role="status">{progress(job)}</p>
        <div
          class={done === null ? "furrow some" : "furrow"}
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-label={`Læser ${job.asked.name}`}
          {...(done === null ? {} : { "aria-valuenow": Math.floor(done) })}
        >
          <i ref={width(done ?? 100)} />
        </div>
        <p class="note-text">
          Du kan lukke vinduet imens. Læsningen fortsætter, og du finder den igen under Ind og ud.
        </p>
      </div>
    </section>
  );
}

function Lost() {
  return (
    <>
      <Note icon="info">
        <p>
          Den fil er her ikke mere. Filer, der ikke blev hentet ind, ligger her en uge. Vælg den igen, så bliver den
          læst.
        </p>
      </Note>
      <Button onClick={() => go("/desk/ind")}>Vælg filen igen</Button>
    </>
  );
}
