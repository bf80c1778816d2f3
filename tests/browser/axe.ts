/** axe-core in the page: every finding as one line, so that a failure can be read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "./server.ts";

const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
/** Off as it comes; text here is held to 7:1. */
const ALSO = ["color-contrast-enhanced"];

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly any: readonly { readonly message: string }[] }[];
}

export async function findings(page: Page): Promise<string[]> {
  // A colour on its way from one theme to the other is neither.
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
  });
  // evaluate() is not held by the page's CSP, a script element would be.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (also) => {
    const axe = (window as unknown as { axe: { run(root: Document, how: object): Promise<{ violations: Finding[] }> } })
      .axe;
    const rules = Object.fromEntries(also.map((rule) => [rule, { enabled: true }]));
    return (await axe.run(document, { rules, resultTypes: ["violations"] })).violations;
  }, ALSO);
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} (${any[0]?.message ?? ""})`).join(" | ")}`,
  );
}
