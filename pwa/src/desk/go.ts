/** Where the desk is: its own small travel, with the browser's history. */
import { signal } from "@preact/signals";

export const here = signal(location.pathname);

export function go(path: string): void {
  if (path !== location.pathname + location.hash) history.pushState(null, "", path);
  here.value = location.pathname;
  scrollTo(0, 0);
  // The heading of the new screen is read first.
  queueMicrotask(() => document.querySelector("h1")?.focus({ preventScroll: true }));
}

export function listen(): void {
  addEventListener("popstate", () => {
    here.value = location.pathname;
  });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !/^\/desk(\/|$)/.test(to.pathname) || link.target || link.download) return;
    // Within the page the browser knows the way, and takes the focus along.
    if (to.pathname === location.pathname && to.hash) return;
    event.preventDefault();
    go(to.pathname);
  });
}
