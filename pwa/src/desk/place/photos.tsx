/** Photos of the place: chosen, made smaller here, sent, and told in words before they can be saved. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../../ui/band.tsx";
import { Button } from "../../ui/button.tsx";
import { No } from "../ask.ts";
import { putBlob, shown } from "../parts/blob.ts";
import { Err, Group, idOf, LineField, type Part, wrongAt } from "../parts/field.tsx";
import { NotAPicture, type Shot, shotOf } from "../parts/picture.ts";
import { TextField } from "../parts/text.tsx";
import type { PhotoDraft } from "./values.ts";

const MOST = 20;

/** What was chosen in this visit and is not sent yet, or is shown from here because it was. */
interface Chosen extends Shot {
  readonly url: string;
  readonly sent: boolean;
}

export function PhotosField({ path, value, onChange, wrongs }: Part<readonly PhotoDraft[]>) {
  const [here, setHere] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const now = useRef(value);
  now.current = value;
  const urls = useRef<string[]>([]);
  useEffect(() => () => urls.current.forEach((url) => void URL.revokeObjectURL(url)), []);

  const put = async (shot: Chosen) => {
    await putBlob(shot.sha256, shot.blob);
    setHere((old) => new Map(old).set(shot.sha256, { ...shot, sent: true }));
    if (!now.current.some((one) => one.sha256 === shot.sha256))
      onChange([...now.current, { sha256: shot.sha256, w: shot.w, h: shot.h, alt: null, credit: "" }]);
  };
  const doing = (words: string, work: () => Promise<void>) => {
    setBusy(words);
    setTrouble(null);
    void work()
      .catch((why: unknown) => {
        if (!(why instanceof No) && !(why instanceof NotAPicture)) console.error(why);
        setTrouble(
          why instanceof No || why instanceof NotAPicture ? why.message : "Billedet kunne ikke hentes. Prøv igen.",
        );
      })
      .finally(() => setBusy(null));
  };
  const choose = (files: readonly File[]) =>
    doing("Billedet gøres klar …", async () => {
      for (const file of files) {
        const shot = await shotOf(file);
        const url = URL.createObjectURL(shot.blob);
        urls.current.push(url);
        const chosen = { ...shot, url, sent: false };
        setHere((old) => new Map(old).set(shot.sha256, chosen));
        await put(chosen);
      }
    });
  const waiting = [...here.values()].filter((one) => !one.sent);
  const move = (at: number, to: number) => {
    const next = [...value];
    const [one] = next.splice(at, 1);
    if (one) next.splice(to, 0, one);
    onChange(next);
  };
  const wrong = wrongAt(wrongs, path);
  return (
    <Group
      path={path}
      title={<span class="vh">Billeder</span>}
      hint="Det første er det, man ser. Vis stedet, ikke mennesker, der kan kendes. Billedet gøres mindre, før det sendes."
      wrongs={undefined}
    >
      <div class="shots">
        {value.map((photo, at) => (
          <fieldset class="one-of" key={photo.sha256} id={idOf(`${path}/${at}`)} tabIndex={-1}>
            <legend>Billede {at + 1}</legend>
            <img
              class="shot"
              src={here.get(photo.sha256)?.url ?? shown(photo.sha256)}
              width={photo.w}
              height={photo.h}
              alt={photo.alt?.da || `Billede ${at + 1}, uden tekst endnu`}
            />
            <TextField
              path={`${path}/${at}/alt`}
              label="Hvad man ser"
              hint="Læses højt for den, der ikke kan se billedet. Skal skrives."
              rows={2}
              {...(wrongs ? { wrongs } : {})}
              value={photo.alt}
              onChange={(alt) => onChange(value.map((one, i) => (i === at ? { ...one, alt } : one)))}
            />
            <LineField
              path={`${path}/${at}/credit`}
              label="Hvem har taget det?"
              hint="Står under billedet."
              limit={200}
              {...(wrongs ? { wrongs } : {})}
              value={photo.credit}
              onChange={(credit) => onChange(value.map((one, i) => (i === at ? { ...one, credit } : one)))}
            />
            <div class="btns start">
              {at > 0 && (
                <Button look="quiet" small label={`Flyt billede ${at + 1} op`} onClick={() => move(at, at - 1)}>
                  Flyt op
                </Button>
              )}
              {at < value.length - 1 && (
                <Button look="quiet" small label={`Flyt billede ${at + 1} ned`} onClick={() => move(at, at + 1)}>
                  Flyt ned
                </Button>
              )}
              <Button
                look="quiet"
                small
                icon="trash"
                label={`Fjern billede ${at + 1}`}
                onClick={() => onChange(value.filter((_, i) => i !== at))}
              >
                Fjern
              </Button>
            </div>
          </fieldset>
        ))}
        {waiting.map((shot) => (
          <div class="one-of" key={shot.sha256}>
            <img class="shot" src={shot.url} width={shot.w} height={shot.h} alt="Billede, der ikke er sendt endnu" />
            {!busy && (
              <div class="btns start">
                <Button small onClick={() => doing("Billedet sendes …", () => put(shot))}>
                  Send billedet igen
                </Button>
              </div>
            )}
          </div>
        ))}
      </div>
      <div role="status">
        {busy && <p>{busy}</p>}
        {trouble && (
          <Note tone="bad" icon="warn">
            <p>{trouble}</p>
            <p class="note-text">Det, du ellers har skrevet, står her endnu.</p>
          </Note>
        )}
      </div>
      {value.length < MOST ? (
        <div class={wrong ? "field wrong" : "field"}>
          <label for={idOf(`${path}/file`)}>Vælg et billede</label>
          <input
            id={idOf(`${path}/file`)}
            type="file"
            multiple
            accept="image/jpeg,image/png,image/webp,image/heic"
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])].slice(0, MOST - value.length);
              event.currentTarget.value = "";
              if (files.length > 0) choose(files);
            }}
          />
          {wrong && <Err id={`${idOf(path)}-wrong`}>{wrong}</Err>}
        </div>
      ) : (
        <p class="note-text">Der er ikke plads til flere. Højst {MOST} billeder.</p>
      )}
    </Group>
  );
}
