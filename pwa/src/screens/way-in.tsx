/** Vejen hen: the last way in, in numbered sentences, and from where else one can come. */
import type { Place } from "../store/signals.ts";
import { length } from "../text/format.ts";
import { type Told, t, told } from "../text/t.ts";
import { canRead, readAloud } from "../ui/aloud.ts";
import { Band } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { Steps } from "../ui/more.tsx";
import { Say } from "../ui/say.tsx";
import { Swatch } from "../ui/surface.tsx";
import { sourceOf, surfaceOf } from "./facts.tsx";
import { sentences } from "./words/place.ts";

type Approach = Place["approaches"][number];

export function Approaches({ wayIn, approaches }: { wayIn: Told | null; approaches: readonly Approach[] }) {
  if (!wayIn && approaches.length === 0) return null;
  const words = wayIn && told(wayIn);
  return (
    <Band title={t("place.way")}>
      {words && (
        <div lang={words.lang}>
          <Steps items={sentences(words.words)} />
        </div>
      )}
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
