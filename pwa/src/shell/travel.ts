/** Going from screen to screen by the History API: links are taken here, scroll and focus are put where they belong. */
import { signal } from "@preact/signals";
import { hush } from "../ui/aloud.ts";
import { choice, choose } from "../ui/choice.ts";

interface Step {
  /** The path and fragment that were left for this one; back to them is a step back, with the place in it that one had. */
  readonly from: string | null;
  readonly key: number;
}

/** Path and fragment that are shown. */
export const here = signal(location.pathname);
export const fragment = signal(location.hash.slice(1));
export const cameFrom = signal<string | null>(null);

const scrolls = new Map<number, number>();
let step: Step = read(history.state) ?? { from: null, key: Date.now() };
let arrive: (() => void) | null = null;

function read(state: unknown): Step | null {
  const s = state as Partial<Step> | null;
  return s && typeof s.key === "number" ? { from: s.from ?? null, key: s.key } : null;
}

/** Called by the shell when the new screen stands. */
export function arrived(): void {
  arrive?.();
  arrive = null;
}

function leave(): void {
  scrolls.set(step.key, scrollY);
  hush();
  // Who has gone on from the welcome has seen it.
  if (here.value === "/" && choice("welcomed").value === "") choose("welcomed", "1");
}

/** As it is shown: on the way back the address is already another. */
const whereNow = (): string => here.peek() + (fragment.peek() && `#${fragment.peek()}`);

export function go(href: string): void {
  const url = new URL(href, location.href);
  const target = url.pathname;
  if (target === here.value && url.hash === location.hash) {
    scrollTo(0, 0);
    return;
  }
  const from = whereNow();
  if (target + url.hash === step.from && step.from !== from) {
    history.back();
    return;
  }
  leave();
  step = { from, key: step.key + 1 };
  history.pushState(step, "", target + url.hash);
  show(() => {
    scrollTo(0, 0);
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  });
}

function show(then: () => void): void {
  arrive = then;
  cameFrom.value = step.from;
  fragment.value = location.hash.slice(1);
  here.value = location.pathname;
}

function back(event: PopStateEvent): void {
  const left = whereNow();
  leave();
  step = read(event.state) ?? { from: null, key: 0 };
  const y = scrolls.get(step.key) ?? 0;
  show(() => {
    scrollTo(0, y);
    // Back where one was: on the row that was opened, else on the heading.
    const row = [...document.querySelectorAll<HTMLElement>("main a[href]")].find(
      (a) => a.getAttribute("href") === left,
    );
    (row ?? document.querySelector<HTMLElement>("main h1"))?.focus({ preventScroll: true });
  });
}

/** A plain click on a link of ours; anything with a modifier, a target or a file is the browser's. */
function click(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  const path = link.getAttribute("href") ?? "";
  if (path.startsWith("#")) {
    // The skip link: the focus moves, the address stays.
    event.preventDefault();
    document.getElementById(path.slice(1))?.focus();
    return;
  }
  if (/\.\w+$/.test(link.pathname)) return;
  event.preventDefault();
  go(link.href);
}

export function listen(): void {
  history.scrollRestoration = "manual";
  history.replaceState(step, "");
  cameFrom.value = step.from;
  addEventListener("popstate", back);
  document.addEventListener("click", click);
  addEventListener("moedesteder:go", (e) => go(String((e as CustomEvent).detail)));
}
