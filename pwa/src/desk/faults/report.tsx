/** One report: what was written and shown by whoever told of it, and what of that everybody may see. */
import { useState } from "preact/hooks";
import type { Fault } from "../data/things.ts";
import { when } from "../lists/words.ts";

export type Shown = Fault["shown"];

export function Report(p: { fault: Fault; today: string; shown: Shown; onShow: (next: Shown) => void }) {
  const { fault, shown } = p;
  const fixed = fault.state === "closed";
  return (
    <li class="report">
      <p class="note-text">
        {fault.reported_by === "guide" ? "En ruteguide" : "En borger"}, {when(fault.since, p.today)}
      </p>
      {fault.text && <p class="own">{fault.text}</p>}
      {fault.text && !fixed && (
        <Check
          id={`words-${fault.id}`}
          on={shown.words}
          words="Vis ordene for alle"
          onChange={(words) => p.onShow({ ...shown, words })}
        />
      )}
      {fault.photos.length > 0 && (
        <ul class="shots">
          {fault.photos.map((sha256, at) => (
            <li key={sha256}>
              <Shot sha256={sha256} alt={`Billede ${at + 1} af ${fault.photos.length} med meldingen`} />
              {!fixed && (
                <Check
                  id={`photo-${fault.id}-${at}`}
                  on={shown.photos.includes(sha256)}
                  words="Vis billedet for alle"
                  onChange={(on) =>
                    p.onShow({
                      ...shown,
                      photos: fault.photos.filter((one) => (one === sha256 ? on : shown.photos.includes(one))),
                    })
                  }
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {fault.state === "reported" && (shown.words || shown.photos.length > 0) && (
        <p class="note-text">Det vises, når I tager fejlen eller har lavet den.</p>
      )}
    </li>
  );
}

function Check(p: { id: string; on: boolean; words: string; onChange: (on: boolean) => void }) {
  return (
    <label class="check" for={p.id}>
      <input id={p.id} type="checkbox" checked={p.on} onChange={(event) => p.onChange(event.currentTarget.checked)} />
      <span>{p.words}</span>
    </label>
  );
}

/** A picture that is not to be had (no network, or gone) is a word in its place. */
function Shot({ sha256, alt }: { sha256: string; alt: string }) {
  const [gone, setGone] = useState(false);
  if (gone) return <p class="note-text">Billedet kan ikke hentes lige nu.</p>;
  return (
    <a href={`/api/v1/blobs/${sha256}-1280.webp`} target="_blank" rel="noreferrer">
      <img src={`/api/v1/blobs/${sha256}-320.webp`} alt={alt} loading="lazy" onError={() => setGone(true)} />
      <span class="vh">, åbn det stort i et nyt vindue</span>
    </a>
  );
}
