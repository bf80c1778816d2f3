/** Vejen hen: the last way in, in numbered sentences, and from where else one can come. */
import type { Place } from "../store/signals.ts";
import { length } from "../text/amounts.ts";
import { type Told, t, told } from "../text/t.ts";
import { canRead, readAloud } from "../ui/aloud.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Steps } from "../ui/more.tsx";
import { Say } from "../ui/say.tsx";
import { Swatch } from "../ui/surface.tsx";
import { GroundMeans, sourceOf, surfaceOf } from "./facts.tsx";
import { sentences } from "./words/place.ts";

type Approach = Place["approaches"][number];

/** These go on about what the step before named. */
const GOES_ON = /^(Den|Det|De|Der|Så|It|They|There|Then|Er|Sie|Es|Da|Dann|Dort)\b/;

/** The editor's own lines; where there is but one, its sentences, and those that lean on the one before stay with it. */
export function stepsOf(text: string): string[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length > 1) return lines;
  const steps: string[] = [];
  for (const sentence of sentences(text)) {
    if (steps.length > 0 && GOES_ON.test(sentence)) steps.push(`${steps.pop()} ${sentence}`);
    else steps.push(sentence);
  }
  return steps;
}

export function Approaches({ wayIn, approaches }: { wayIn: Told | null; approaches: readonly Approach[] }) {
  if (!wayIn && approaches.length === 0) return null;
  const words = wayIn && told(wayIn);
  return (
    <Band title={t("place.way")}>
      {approaches.length > 0 && (
        <ul class="legend">
          {approaches.map((a) => {
            const surface = surfaceOf(a.surface);
            return (
              <li key={a.line} class={`s-${surface}`}>
                <Swatch surface={surface} />
                <span>
                  <Say of={a.name} />, <span class="num">{length(a.length_m)}</span>
                  <br />
                  <span class="note-text">
                    {t(`legend.${surface}`)}.{a.surface && ` ${sourceOf(a.surface)}`}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <GroundMeans answers={approaches.map((one) => one.surface)} />
      {words && (
        <div lang={words.lang}>
          <Steps items={stepsOf(words.words)} />
        </div>
      )}
      {words && canRead() && (
        <div class="btns">
          <Button look="quiet" icon="speak" onClick={() => readAloud(words.words)}>
            {t("bar.read")}
          </Button>
        </div>
      )}
    </Band>
  );
}
