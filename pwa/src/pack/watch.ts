// What downloaders tell, in this tab and others, and what becomes of one as its page goes and comes back. Whoever listens has the packs.
import { lockOf, type News } from "./records.ts";
import { letGo, onNews, tell } from "./worker-of.ts";

export interface Listener {
  /** Another hand has changed what is kept or offered. */
  look(): void;
  hear(news: News): void;
  /** The downloader did not start: everything that it was to do is cut off. */
  broken(): void;
  /** What this tab's own downloader is at. */
  ours(): readonly string[];
  /** The page has come back as it stood; nobody is at these any more. */
  back(left: readonly string[]): void;
}

/** To be called once. */
export function watchDownloaders(to: Listener): void {
  onNews((news) => (news.type === "look" ? to.look() : to.hear(news)), to.broken);
  // A page in the browser's back-forward cache must hold neither file nor lock; in WebKit its worker stands still there, so it can not be told.
  addEventListener("pagehide", () => {
    letGo();
    for (const id of to.ours()) tell({ type: "ended", id, how: "left" });
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) to.back(to.ours());
  });
}

/** Another tab's word of its end is on its way for so long after its lock is free. */
const WORD_MS = 500;

/** A tab that dies says nothing of its download, but its lock is free: `gone` is called then. */
export function attend(id: string, gone: () => void): void {
  if (!navigator.locks) return;
  void navigator.locks.request(lockOf(id), { mode: "shared" }, () => void setTimeout(gone, WORD_MS));
}
