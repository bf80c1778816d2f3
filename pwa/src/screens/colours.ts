/** The municipality's own colours, where the settings say others than the page began with: from the next moment on, and at each start. */
import { effect } from "@preact/signals";
import { site } from "../store/signals.ts";
import { keepPage } from "../store/worker.ts";

const PAGE_LINK = 'link[href^="/farver/"]';

/** The page itself names the stylesheet (server/web/colours.py); here it is followed when the settings change. */
export function followColours(): void {
  effect(() => {
    if (!site.value) return;
    const { colours } = site.value;
    const wanted = colours ? `/farver/${colours.light.slice(1)}-${colours.dark.slice(1)}.css` : "";
    const before = document.querySelector<HTMLLinkElement>(PAGE_LINK);
    if ((before?.getAttribute("href") ?? "") === wanted) return;
    // Where either can not be had now, the next start finds page and settings apart again.
    if (wanted) {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = wanted;
      link.onload = () => before?.remove();
      link.onerror = () => link.remove();
      document.head.append(link);
    } else before?.remove();
    void keepPage();
  });
}
