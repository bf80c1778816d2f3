/** What a narrow screen or large text takes away: a page wider than the screen, words cut off or pushed out of it. */
import type { Page } from "playwright-core";

/**
 * One line for each loss; none where every word can be read by scrolling down alone. The hint in an empty field is looked at by
 * `hintsCut`.
 */
export async function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.scrollingElement?.scrollWidth ?? 0;
    const found = new Set<string>();
    if (wide > innerWidth) found.add(`the page is ${wide} px wide on a screen of ${innerWidth}`);
    const told = (text: string, el: Element) => `”${text.trim().slice(0, 40)}” in ${el.tagName}.${el.className}`;
    // Words for a screen reader alone stand in a box of one pixel.
    const unseen = (el: Element) => getComputedStyle(el).clipPath === "inset(50%)" || !el.checkVisibility();

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? "";
      const parent = node.parentElement;
      if (!text.trim() || !parent?.checkVisibility({ visibilityProperty: true })) continue;
      const above: Element[] = [];
      for (let el: Element | null = parent; el && el !== document.documentElement; el = el.parentElement)
        above.push(el);
      if (above.some(unseen)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1) continue;
        if (box.right > innerWidth + 1 || box.left < -1) found.add(`out of the screen: ${told(text, parent)}`);
        for (const el of above) {
          const { overflowX, overflowY } = getComputedStyle(el);
          if (overflowX === "visible" && overflowY === "visible") continue;
          const frame = el.getBoundingClientRect();
          const sideways = box.right > frame.right + 1 || box.left < frame.left - 1;
          const down = box.bottom > frame.bottom + 1 || box.top < frame.top - 1;
          if (sideways) found.add(`cut by ${el.tagName}.${el.className}: ${told(text, parent)}`);
          if (down && /hidden|clip/.test(overflowY))
            found.add(`cut by ${el.tagName}.${el.className}: ${told(text, parent)}`);
        }
      }
    }

    return [...found];
  });
}

/** Hints that do not fit in their empty fields. */
export async function hintsCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const pen = document.createElement("canvas").getContext("2d");
    for (const input of document.querySelectorAll("input")) {
      const style = getComputedStyle(input);
      const room = input.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      if (!pen || !input.placeholder || input.value || !input.checkVisibility()) continue;
      pen.font = style.font;
      if (pen.measureText(input.placeholder).width > room + 1) found.push(`cut: ”${input.placeholder}”`);
    }
    return found;
  });
}

/** What can be touched and is smaller than 48 px either way, by line; of a field with a label both count. */
export async function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    // A sheet's grip is 24 px high, and does what the key "Luk" under it does.
    for (const el of document.querySelectorAll("a[href], button:not(.grip), input, textarea, select, summary")) {
      const target = el.closest("label") ?? el;
      // A link within a sentence is as high as its line (WCAG 2.5.8).
      if (getComputedStyle(el).display === "inline") continue;
      if (!el.checkVisibility({ visibilityProperty: true }) || getComputedStyle(target).clipPath === "inset(50%)")
        continue;
      const { width, height } = target.getBoundingClientRect();
      if (width < 48 || height < 48)
        found.push(
          `${Math.round(width)}×${Math.round(height)} px: ${el.tagName} ”${el.textContent?.trim().slice(0, 40)}”`,
        );
    }
    return found;
  });
}
