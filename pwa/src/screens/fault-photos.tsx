/** Photos with a report: taken or chosen, made smaller, kept on the phone at once, and seen before they are sent. */
import { useEffect, useRef, useState } from "preact/hooks";
import { keepPhoto, readPhoto } from "../store/photos.ts";
import { t } from "../text/t.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { LONGEST, NoPicture, QUALITY, shrunk } from "../ui/shrink.ts";

/** As many as the server takes with one report. */
export const PHOTOS_MOST = 3;

/** A photo of the phone's own as an address; null while it is read, "" where it is not here any more. */
function usePhoto(sha256: string): string | null {
  const [src, see] = useState<string | null>(null);
  useEffect(() => {
    let address = "";
    let gone = false;
    void readPhoto(sha256).then((photo) => {
      if (gone) return;
      if (photo) address = URL.createObjectURL(photo);
      see(address);
    });
    return () => {
      gone = true;
      if (address) URL.revokeObjectURL(address);
    };
  }, [sha256]);
  return src;
}

function Own(p: { sha256: string; nr: number; onGone?: () => void; onRemove?: () => void }) {
  const src = usePhoto(p.sha256);
  const lost = src === "";
  useEffect(() => {
    if (lost) p.onGone?.();
  }, [lost]);
  return (
    <li>
      {src ? (
        <img src={src} alt={t("photo.own", { n: p.nr })} />
      ) : (
        <span class="photo-none">
          <Icon name="photo" /> {lost && t("photo.lost")}
        </span>
      )}
      {p.onRemove && (
        <Button look="quiet" icon="trash" onClick={p.onRemove}>
          {t("photo.remove", { n: p.nr })}
        </Button>
      )}
    </li>
  );
}

/** Those of a report that was sent or waits. */
export function OwnPhotos({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <ul class="photos-own">
      {names.map((sha256, at) => (
        <Own key={sha256} sha256={sha256} nr={at + 1} />
      ))}
    </ul>
  );
}

/** `busy` is told while a photo is made ready: what is sent meanwhile would go without it. */
export function PhotosField(p: {
  names: readonly string[];
  onChange: (change: (names: readonly string[]) => readonly string[]) => void;
  busy: boolean;
  onBusy: (busy: boolean) => void;
}) {
  const [wrong, say] = useState<"" | "wrong" | "unkept" | "most" | "lost">("");
  const taken = useRef<HTMLInputElement>(null);
  const chosen = useRef<HTMLInputElement>(null);
  const room = PHOTOS_MOST - p.names.length;
  const add = async (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // The same one chosen again is a choice too.
    input.value = "";
    if (files.length === 0) return;
    p.onBusy(true);
    let trouble: typeof wrong = files.length > room ? "most" : "";
    for (const file of files.slice(0, room)) {
      try {
        const { blob } = await shrunk(file, LONGEST, QUALITY);
        const { sha256, kept } = await keepPhoto(blob);
        if (!kept) trouble = "unkept";
        p.onChange((names) => (names.includes(sha256) ? names : [...names, sha256].slice(0, PHOTOS_MOST)));
      } catch (error) {
        if (!(error instanceof NoPicture)) console.warn("photo", error);
        trouble = "wrong";
      }
    }
    say(trouble);
    p.onBusy(false);
  };
  const without = (sha256: string) => p.onChange((names) => names.filter((name) => name !== sha256));
  return (
    <fieldset class="towns photos-field" aria-describedby="photo-hint">
      <legend>{t("photo.title")}</legend>
      <p class="note-text" id="photo-hint">
        {t("photo.hint", { n: PHOTOS_MOST })}
      </p>
      {p.names.length > 0 && (
        <ul class="photos-own">
          {p.names.map((sha256, at) => (
            <Own
              key={sha256}
              sha256={sha256}
              nr={at + 1}
              onRemove={() => {
                without(sha256);
                say("");
              }}
              onGone={() => {
                without(sha256);
                say("lost");
              }}
            />
          ))}
        </ul>
      )}
      <input
        ref={taken}
        hidden
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(e) => void add(e.currentTarget)}
      />
      <input ref={chosen} hidden type="file" accept="image/*" multiple onChange={(e) => void add(e.currentTarget)} />
      {room > 0 && (
        <div class="btns">
          {matchMedia("(pointer: coarse)").matches && (
            <Button look="quiet" icon="photo" off={p.busy} onClick={() => taken.current?.click()}>
              {t("photo.take")}
            </Button>
          )}
          <Button look="quiet" icon="plus" off={p.busy} onClick={() => chosen.current?.click()}>
            {t("photo.choose")}
          </Button>
        </div>
      )}
      <div class="field" role="status">
        {p.busy && <span class="hint">{t("photo.busy")}</span>}
        {!p.busy && wrong && <span class="err">{t(`photo.${wrong}`, { n: PHOTOS_MOST })}</span>}
      </div>
    </fieldset>
  );
}
