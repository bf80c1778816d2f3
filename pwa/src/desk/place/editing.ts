/** One thing under edit: what stands in its form, its draft, what is wrong with it, and the fields that two have written. */
import { useRef, useState } from "preact/hooks";
import { begin, type Clash, change, type Draft, drafts, drop, resolve, save } from "../data/draft.ts";
import type { Kind } from "../data/things.ts";
import type { Outcome } from "../data/write.ts";
import { afterPress, usePresses } from "../parts/after-press.ts";
import { pathOf } from "../parts/check.ts";
import type { Chosen } from "../parts/clash.tsx";
import { idOf, type Wrongs } from "../parts/field.tsx";

export interface Choice {
  readonly clash: Clash;
  readonly chosen: Chosen | null;
}

export interface Editing {
  readonly draft: Draft | undefined;
  readonly isNew: boolean;
  /** Only what the person has been told: a field is not wrong while it is being written. */
  readonly wrongs: Wrongs;
  /** Fields that two have written, chosen or not, in the order of the form. */
  readonly clashes: ReadonlyMap<string, Choice>;
  readonly busy: boolean;
  /** It was to be sent, and something was in the way. */
  readonly tried: boolean;
  /** What the server said to the whole, where it belongs to no field. */
  readonly said: Extract<Outcome, { is: "refused" }> | null;
  set(field: string, value: unknown): void;
  choose(field: string, chosen: Chosen): void;
  /** A field was left: what is wrong with it by now is said. */
  left(event: { readonly target: EventTarget | null }): void;
  /** Sends it, or leads to the first thing in the way. */
  send(): Promise<Outcome | null>;
  throwAway(): Promise<void>;
}

type Check = (
  set: Readonly<Record<string, unknown>>,
  isNew: boolean,
) => { set: Record<string, unknown>; wrongs: Map<string, string> };

/** `check` reads a draft's fields as they are sent. */
export function useEditing(kind: Kind, id: string, check: Check): Editing {
  const draft = drafts.value.get(`${kind}/${id}`);
  const isNew = draft?.isNew ?? false;
  const set = draft?.set ?? {};
  const [told, setTold] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlyMap<string, { readonly clash: Clash; readonly chosen: Chosen }>>(
    new Map(),
  );
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const sending = useRef(false);
  usePresses();
  const found = check(set, isNew).wrongs;
  const refused = draft?.refused ?? null;
  const at = refused ? pathOf(refused.extra.at) : null;
  const wrongs = new Map([...found].filter(([path]) => told.has(path)));
  if (refused && at !== null && !wrongs.has(at)) wrongs.set(at, refused.detail);
  const open = draft?.clashes ?? [];
  const clashes = new Map<string, Choice>();
  for (const [field, one] of chosen) clashes.set(field, one);
  for (const clash of open) clashes.set(clash.field, { clash, chosen: null });

  const focusFirst = (paths: Iterable<string>) => requestAnimationFrame(() => focusAt(first(paths)));
  return {
    draft,
    isNew,
    wrongs,
    clashes,
    busy,
    tried,
    said: refused && at === null ? refused : null,
    set: (field, value) => change(kind, id, field, value, isNew),
    choose(field, which) {
      const one = clashes.get(field);
      if (!one) return;
      const { clash } = one;
      const value = which === "theirs" ? clash.theirs : clash.mine;
      if (one.chosen === null) resolve(kind, id, field, value);
      else change(kind, id, field, which === "theirs" ? undefined : value, isNew);
      setChosen(new Map(chosen).set(field, { clash, chosen: which }));
    },
    left({ target }) {
      const at = target instanceof Element ? target.id : "";
      const now = [...found.keys()].filter((path) => idOf(path) === at && !told.has(path));
      if (now.length > 0) afterPress(() => setTold((before) => new Set([...before, ...now])));
    },
    async send() {
      if (sending.current) return null;
      if (open.length > 0) {
        focusFirst([`${open[0]?.field}-clash`]);
        return null;
      }
      const read = check(begin(kind, id, isNew).set, isNew);
      if (read.wrongs.size > 0) {
        setTold(new Set(read.wrongs.keys()));
        setTried(true);
        focusFirst(read.wrongs.keys());
        return null;
      }
      sending.current = true;
      setBusy(true);
      try {
        for (const [field, value] of Object.entries(read.set))
          if (value !== set[field]) change(kind, id, field, value, isNew);
        const outcome = await save(kind, id);
        if (outcome.is !== "refused") setChosen(new Map());
        if (outcome.is === "refused") {
          const path = pathOf(outcome.extra.at);
          if (path !== null) focusFirst([path]);
          // The key that was pressed is another now: whoever goes on by keyboard goes on where a choice is asked for.
          if (outcome.code === "conflict")
            requestAnimationFrame(() => document.querySelector<HTMLElement>("fieldset.clash:not(.done)")?.focus());
        }
        setTold(new Set());
        setTried(false);
        return outcome;
      } finally {
        sending.current = false;
        setBusy(false);
      }
    },
    async throwAway() {
      setChosen(new Map());
      setTold(new Set());
      setTried(false);
      await drop(kind, id);
    },
  };
}

/** Of these paths the one that stands first on the page. */
function first(paths: Iterable<string>): string | null {
  let best: { path: string; el: Element } | null = null;
  for (const path of paths) {
    const el = elementAt(path);
    if (el && (!best || el.compareDocumentPosition(best.el) & Node.DOCUMENT_POSITION_FOLLOWING)) best = { path, el };
  }
  return best?.path ?? null;
}

/** The element of a path, or of the nearest field round it. */
function elementAt(path: string): HTMLElement | null {
  for (let at = path; at; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const el = document.getElementById(idOf(at)) ?? document.getElementById(idOf(`${at}/da`));
    if (el) return el;
    if (!at.includes("/")) break;
  }
  return null;
}

/** Opens what is folded round it, and puts the focus there. */
export function focusAt(path: string | null): void {
  const el = path === null ? null : elementAt(path);
  if (!el) return;
  for (let round = el.parentElement; round; round = round.parentElement)
    if (round instanceof HTMLDetailsElement) round.open = true;
  el.focus({ preventScroll: true });
  el.scrollIntoView({ block: "center" });
}
