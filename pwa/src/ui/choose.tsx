import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../text/t.ts";
import { Icon, type IconName } from "./icon.tsx";

/** A choice that is on or off. Chosen shows a check mark, an edge and weight, never colour alone. */
export function Chip(p: { on: boolean; onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="chip" aria-pressed={p.on} onClick={p.onClick}>
      {p.on && <Icon name="check" />}
      {p.children}
    </button>
  );
}

/** A chip that does something: it stands first and in the colour of doing. */
export function DoChip(p: { icon: IconName; onClick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" class="chip do" onClick={p.onClick}>
      <Icon name={p.icon} />
      {p.children}
    </button>
  );
}

/** Searches on the phone while typing. A hint that the field has no room for, with large text, gives way to the one word. */
export function Find(p: { value: string; hint: string; onInput: (value: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [fits, setFits] = useState(true);
  useEffect(() => {
    const el = field.current;
    const pen = document.createElement("canvas").getContext("2d");
    if (!el || !pen) return;
    const seen = new ResizeObserver(() => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(el);
      pen.font = font;
      const room = el.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      setFits(pen.measureText(p.hint).width <= room);
    });
    seen.observe(el);
    return () => seen.disconnect();
  }, [p.hint]);
  return (
    <div class="find">
      <Icon name="search" />
      <label class="vh" for="find">
        {t("list.search")}
      </label>
      <input
        ref={field}
        id="find"
        type="search"
        placeholder={fits ? p.hint : t("list.search")}
        value={p.value}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(e) => p.onInput(e.currentTarget.value)}
      />
      {p.value && (
        <button
          type="button"
          class="clear"
          aria-label={t("list.clear")}
          onClick={() => {
            p.onInput("");
            field.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

/** Two ways to see the same thing. */
export function Tabs(p: { label: string; tabs: readonly { href: string; words: string; here: boolean }[] }) {
  return (
    <nav class="tabs" aria-label={p.label}>
      {p.tabs.map((tab) => (
        <a key={tab.href} href={tab.href} {...(tab.here ? { "aria-current": "page" as const } : {})}>
          {tab.words}
        </a>
      ))}
    </nav>
  );
}

/** One of several, as a whole field to touch. */
export function Pick(p: { name: string; on: boolean; onPick: () => void; lang?: string; children: ComponentChildren }) {
  return (
    <label class="pick" {...(p.lang ? { lang: p.lang } : {})}>
      <input type="radio" name={p.name} checked={p.on} onChange={p.onPick} />
      <span>{p.children}</span>
    </label>
  );
}

/** Six pictures of what is wrong: one of them. */
export function FaultTile(p: {
  name: string;
  on: boolean;
  icon: IconName;
  onPick: () => void;
  children: ComponentChildren;
}) {
  return (
    <label class="tile fault">
      <input type="radio" name={p.name} checked={p.on} onChange={p.onPick} />
      <span class="edge" />
      <Icon name={p.icon} />
      <span>{p.children}</span>
    </label>
  );
}
