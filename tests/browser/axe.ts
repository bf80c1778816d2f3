/** axe-core in the page: every finding as one line, so that a failure can be read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { ROOT } from "./server.ts";

const AXE = readFileSync(join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

export async function findings(page: Page): Promise<string[]> {
  // evaluate() is not held by the page's CSP, a script element would be.
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: { run(root: Document): Promise<{ violations: Finding[] }> } }).axe;
    return (await axe.run(document)).violations as unknown as { id: string; help: string; nodes: { html: string }[] }[];
  });
  return found.map((f: Finding) => `${f.id}: ${f.help}: ${f.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
}
