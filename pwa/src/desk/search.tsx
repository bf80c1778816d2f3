/** One box over everything at the desk: "Søg…" in the frame's top, by "/" or Ctrl+K from anywhere. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import { events, facilities, faults, organisers, places, routes } from "./data/copy.ts";
import { go } from "./go.ts";
import { me } from "./me.ts";
import { type Person, people } from "./persons.ts";
import { type Entry, entriesOf, find } from "./search-find.ts";
import { KeyHelp, useKeys } from "./search-keys.tsx";
import { ROLES } from "./words.ts";

const MOST = 12;

export function Search() {
  const box = useRef<HTMLInputElement>(null);
  const around = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [folk, setFolk] = useState<readonly Person[]>([]);
  const admin = me.value?.rights.includes("admin") ?? false;
  const keys = useKeys(() => {
    box.current?.focus();
    box.current?.select();
  });
  // Made at the first touch of the box, and again where the data has changed while it is open.
  const entries = useMemo<Entry[]>(
    () =>
      open
        ? entriesOf({
            ...{ places: places.value, routes: routes.value, facilities: facilities.value, faults: faults.value },
            ...{ events: events.value, organisers: organisers.value },
            people: folk
              .filter(({ ended_on }) => !ended_on)
              .map(({ id, name, role }) => ({ id, name, role: ROLES[role].name })),
          })
        : [],
    [open, places.value, routes.value, facilities.value, faults.value, events.value, organisers.value, folk],
  );
  const { hits, all } = useMemo(() => find(entries, words, MOST), [entries, words]);
  const asked = words.trim() !== "";
  const shown = open && asked;
  useEffect(() => setAt(0), [words]);
  useEffect(() => {
    const close = (event: Event) => {
      if (event.target instanceof Node && !around.current?.contains(event.target)) setOpen(false);
    };
    addEventListener("pointerdown", close);
    return () => removeEventListener("pointerdown", close);
  }, []);
  useEffect(() => {
    if (shown) document.getElementById(`hit-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at, shown]);

  const touch = () => {
    if (!open && admin) people().then(setFolk, () => undefined);
    setOpen(true);
  };
  const leave = (hit: Entry) => {
    setOpen(false);
    setWords("");
    box.current?.blur();
    go(hit.href);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      if (words) setWords("");
      else box.current?.blur();
      setOpen(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (hits.length > 0) setAt((at + step + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const hit = hits[at];
      if (hit) leave(hit);
    }
  };
  return (
    <div class="desk-find" ref={around}>
      <div class="find">
        <Icon name="search" />
        <input
          ref={box}
          type="text"
          role="combobox"
          aria-label="Søg i alt"
          aria-expanded={shown}
          aria-controls="hits"
          aria-autocomplete="list"
          {...(shown && hits[at] ? { "aria-activedescendant": `hit-${at}` } : {})}
          autocomplete="off"
          placeholder="Søg…"
          value={words}
          onFocus={touch}
          onInput={(event) => {
            touch();
            setWords(event.currentTarget.value);
          }}
          onKeyDown={onKey}
          onBlur={(event) => {
            if (!around.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
          }}
        />
        <button type="button" class="key-help" aria-label="Genveje" aria-keyshortcuts="?" onClick={keys.show}>
          ?
        </button>
      </div>
      <div class="hits" hidden={!shown}>
        <p class="note-text" role="status">
          {shown &&
            (all === 0
              ? "Intet passer. Prøv et andet ord, eller et kortere."
              : all > MOST
                ? `De ${MOST} bedste af ${all}.`
                : all === 1
                  ? "1 passer."
                  : `${all} passer.`)}
        </p>
        <div id="hits" role="listbox" tabIndex={-1} aria-label="Det, der passer">
          {hits.map((hit, n) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box keeps the focus and hears the keys
            <div
              key={hit.key}
              id={`hit-${n}`}
              role="option"
              tabIndex={-1}
              aria-selected={n === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => leave(hit)}
            >
              <Icon name={hit.icon} />
              <span>
                <b>{hit.words}</b>
                <br />
                <span class="note-text">{hit.note}</span>
              </span>
            </div>
          ))}
        </div>
      </div>
      {keys.shown && <KeyHelp onClose={keys.hide} />}
    </div>
  );
}
