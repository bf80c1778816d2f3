/** How it looks on a locked phone: as much of it as phones show before somebody unfolds it. */
import { lengthOf } from "../parts/loose.ts";

/** What phones show of a title on one line, and of the words below it on three. */
const TITLE_SHOWN = 40;
const BODY_SHOWN = 150;

/** The beginning, with "…" where more follows. */
export function cut(words: string, most: number): string {
  const signs = [...words.trim()];
  return signs.length <= most
    ? signs.join("")
    : `${signs
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

export function Preview({ title, body }: { title: string; body: string }) {
  const over = lengthOf(title.trim()) > TITLE_SHOWN || lengthOf(body.trim()) > BODY_SHOWN;
  return (
    <figure class="locked">
      <figcaption>Sådan ser det ud på en låst telefon</figcaption>
      <div class="lock-screen">
        <div class="pushed">
          <p class="pushed-from">Mødesteder</p>
          <p class="pushed-title">{cut(title, TITLE_SHOWN) || "Overskrift"}</p>
          <p>{cut(body, BODY_SHOWN) || "Besked"}</p>
        </div>
      </div>
      {over && (
        <p class="note-text">Resten vises, når den foldes ud. Andre kan læse det, så skriv intet om personer.</p>
      )}
    </figure>
  );
}
