// What a person does with what is reported: puts it into the outbox, sends it again, throws it away, keeps it as a file. No first row waits for it.
import { atOutbox, goes, now, pullNow } from "./signals.ts";
import type { FaultWhat, Subject } from "./things.ts";

/** What writes is fetched while the form is filled in: a phone that keeps nothing can not fetch it once the network has gone. */
export function getReady(): void {
  import("./writing.ts").catch(() => undefined);
}

/** Into the outbox first, shown then; sent when it can be. Its id there. `instead`: the op that it mends goes in the same step. */
export async function reportFault(
  subject: Subject,
  args: { what: FaultWhat; text: string; photos?: readonly string[] },
  instead?: string,
): Promise<string> {
  const doing = { verb: "report_fault", subject, args: { photos: [], ...args }, credential: "none" } as const;
  const { id } = await atOutbox((how, box) => how.put(doing, box, instead));
  goes(id);
  return id;
}

/** So long nothing goes out behind the back of somebody who mends it; after that it goes as it was, whatever became of the mending. */
const MENDING_MS = 30 * 60_000;

/** Its words are in the form now. It stays in the outbox, and is sent again by `retry`, or by itself when this has taken too long. */
export async function holdBack(opId: string): Promise<void> {
  await atOutbox((how, box) => how.hold(opId, now().getTime() + MENDING_MS, box));
  void pullNow();
}

/** Throws an op away; one that is out may have landed all the same. */
export function discard(opId: string): Promise<void> {
  return atOutbox((how, box) => how.drop(opId, box));
}

/** Sends again what waits; what was refused goes out as a new op, with other args where the person mended them. */
export async function retry(opId: string, args?: Record<string, unknown>): Promise<void> {
  const op = await atOutbox((how, box) => how.again(opId, box, args));
  if (op) goes(op.id);
}

/** Throws away all that was reported, sent or not. What is followed is stopped elsewhere (device.ts), and its last word waits here. */
export function eraseOutbox(): Promise<void> {
  return atOutbox((_, box) =>
    box.tx(async (tx) => {
      for (const op of await tx.all()) if (op.credential !== "device") await tx.remove(op.id);
    }),
  );
}

/** The outbox as text to keep (sync/PROTOCOL.md, S): all of it, what has not landed, or one op. */
export function outboxText(which: "all" | "open" | { id: string }): Promise<string> {
  return atOutbox(async (how, box) => {
    const all = await box.tx((tx) => tx.all());
    // What this phone follows is nobody's who has the file, and no other phone could take it in.
    const told = all.filter((op) => op.credential !== "device");
    const chosen = told.filter(
      (op) => which === "all" || (which === "open" ? op.state !== "applied" : op.id === which.id),
    );
    return how.fileOf(chosen, now().toISOString());
  });
}

/** Takes in what such a file holds. Throws WrongFile of sync/phone/file.ts. */
export async function bringIn(text: string): ReturnType<typeof import("./writing.ts").bring> {
  const brought = await atOutbox((how, box) => how.bring(text, box));
  void pullNow();
  return brought;
}
