/** A fault is told of: what a person writes is what must not be lost. */
import { BENCH } from "./ground.ts";
import type { Tab } from "./phone.ts";

/** The form for the bench, wherever one stands. */
export async function form(tab: Tab): Promise<void> {
  await tab.tap("link", "Mødesteder");
  await tab.tap("link", new RegExp(`^${BENCH}`));
  await tab.tap("link", "Meld en fejl");
  await tab.sees("Hvad er der galt?");
}

/** Written, and not yet sent. */
export async function begin(tab: Tab, words: string): Promise<void> {
  await form(tab);
  await tab.tap("radio", /affald/i);
  await tab.type(/skrive noget/, words);
}

/** Written and sent, as far as there is net. */
export async function report(tab: Tab, words: string): Promise<void> {
  await begin(tab, words);
  await tab.tap("button", "Meld fejlen");
  await tab.sees("Tak. Fejlen er gemt her");
}

/** The words of every fault that the phone keeps, in the order in which they were written. */
export function outbox(tab: Tab): Promise<string[]> {
  return tab.run<string[]>(`new Promise((done) => {
    const asked = indexedDB.open("own");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done([]);
    asked.onsuccess = () => {
      const all = asked.result.transaction("outbox").objectStore("outbox").getAll();
      all.onsuccess = () => {
        asked.result.close();
        const ops = all.result.sort((a, b) => a.order - b.order);
        done(ops.map(({ line }) => JSON.parse(line).args.text));
      };
    };
  })`);
}
