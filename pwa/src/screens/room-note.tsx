/** Little room on the phone, told before something is lost, with what can go: maps first, they can be had again. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { lookHere, packs, whole } from "../pack/packs.ts";
import { keepUnkept } from "../store/drafts.ts";
import { erase, type Kept, list } from "../store/kept.ts";
import { freeBytes, lookAtRoom, room, roomLeft } from "../store/room.ts";
import { keepAgain } from "../store/signals.ts";
import { size } from "../text/amounts.ts";
import { t, told } from "../text/t.ts";
import { attempt } from "../ui/attempt.ts";
import { Note } from "../ui/band.tsx";
import { Button } from "../ui/button.tsx";
import { tell } from "../ui/sheet.tsx";

/** Less than this is not worth a tap. */
const WORTH = 100_000;

/** Maps that lie here, the largest first, then the pictures. null: not looked for yet. */
const heavy = signal<readonly Kept[] | null>(null);

async function look(): Promise<void> {
  await lookHere().catch(() => undefined);
  const all = (await list().catch(() => [])).filter(({ id, bytes }) => bytes >= WORTH && id !== "overview");
  heavy.value = ["pack", "media"].flatMap((what) =>
    all.filter((one) => one.what === what).sort((a, b) => b.bytes - a.bytes),
  );
}

async function drop({ what, id }: Kept): Promise<void> {
  await erase(what, id);
  await lookAtRoom();
  const [reports, words] = [await keepAgain(), await keepUnkept()];
  if (reports && words) tell(t("room.made"));
  await look();
}

/** Of a whole map, and of one half fetched where the list of maps is here. */
function nameOf({ id }: Kept): string {
  const known = [...whole.value, ...packs.value].find(({ manifest }) => manifest.id === id);
  return id === "all" || !known ? t("saved.whole") : told(known.manifest.name).words;
}

/** The buttons alone. */
export function MakeRoom() {
  useEffect(() => void look(), [packs.value.length]);
  if (!heavy.value) return null;
  if (heavy.value.length === 0) return <p>{t("room.else")}</p>;
  return (
    <>
      {heavy.value.some(({ what }) => what === "pack") && <p>{t("room.mapText")}</p>}
      <div class="btns">
        {heavy.value.map((one) => (
          <Button
            key={`${one.what}${one.id ?? ""}`}
            look="danger"
            small
            icon="trash"
            onClick={() => attempt(() => drop(one))}
          >
            {one.what === "pack"
              ? t("room.map", { name: nameOf(one), size: size(one.bytes) })
              : t("room.pictures", { size: size(one.bytes) })}
          </Button>
        ))}
      </div>
    </>
  );
}

/** Whole MB: the browser's number is an estimate too. */
function roughly(): string {
  return size(Math.max(1, Math.round((freeBytes(room.value) ?? 0) / 1e6)) * 1e6);
}

/** Nothing while there is room. `from` "little": said on Gemt; "scarce": where something is about to be written. */
export function RoomNote({ from }: { from: "little" | "scarce" }) {
  useEffect(() => void lookAtRoom(), []);
  const left = roomLeft(room.value);
  if (left === "ample" || (left === "little" && from === "scarce")) return null;
  return (
    <Note {...(left === "scarce" ? { tone: "bad" as const } : {})} icon={left === "scarce" ? "warn" : "info"}>
      <h2>{t(left === "scarce" ? "room.none" : "room.little")}</h2>
      <p>{left === "scarce" ? t("room.noneText") : t("room.littleText", { size: roughly() })}</p>
      <MakeRoom />
    </Note>
  );
}
