/** Chrome's own question whether to install, kept back until a map is ready. */
import { signal } from "@preact/signals";

export interface Offer extends Event {
  prompt(): Promise<unknown>;
}

export const offer = signal<Offer | null>(null);

/** Called once at start: the browser asks early, and only once. */
export function holdOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event as Offer;
  });
}
