// The page's end of the downloader: started at the first order.
import { CHANNEL, type News, type Order } from "./records.ts";

let worker: Worker | null = null;
let failed: () => void = () => undefined;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

export function order(what: Order): void {
  if (!worker) {
    worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onerror = () => {
      worker = null;
      failed();
    };
  }
  worker.postMessage(what);
}

/** As if its process had been killed: file and lock are free. The next order starts another. */
export function letGo(): void {
  worker?.terminate();
  worker = null;
}

export function tell(news: News): void {
  channel?.postMessage(news);
}

export function onNews(hear: (news: News) => void, broken: () => void): void {
  failed = broken;
  channel?.addEventListener("message", (event) => hear(event.data as News));
}
