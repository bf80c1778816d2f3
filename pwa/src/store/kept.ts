// What lies on the phone, why, how much, and how to be rid of it. All of it works without network.

/** `what` is the reason's key: the screen has the words. Packs are told one by one by `id`. */
export interface Kept {
  what: "list" | "shell" | "map" | "media" | "outbox" | "settings" | "pack";
  id?: string;
  bytes: number;
  /** ms, server's clock; null where it is not known. */
  since: number | null;
}

export async function list(): Promise<Kept[]> {
  return [];
}
export async function erase(_what: Kept["what"], _id?: string): Promise<void> {}
export async function eraseAll(): Promise<void> {}
