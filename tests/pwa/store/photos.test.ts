// Photos on the phone: kept with the report that names them, sent before it, and gone with it.
import { expect, test } from "vitest";
import { Phone } from "./phone.ts";
import { Town } from "./town.ts";

const SUBJECT = { kind: "place", id: "p1" };
const photo = (of = "et billede") => new Blob([of], { type: "image/jpeg" });
const photos = () => import("../../../pwa/src/store/photos.ts");

async function aPhone() {
  const town = new Town();
  town.place("p1", "Bænken");
  town.place("p2", "Bordet");
  const phone = new Phone(town);
  const signals = await phone.settled();
  return { town, phone, signals };
}

test("a photo goes before its report, and both have landed", async () => {
  const { town, signals } = await aPhone();
  const { sha256, kept } = await (await photos()).keepPhoto(photo());
  expect(kept).toBe(true);
  await signals.reportFault(SUBJECT, { what: "broken", text: "", photos: [sha256] });
  await signals.pullNow();
  expect(town.blobs).toEqual([{ sha256, bytes: "et billede".length, credentials: "omit" }]);
  expect(signals.outbox.value.map((item) => item.state)).toEqual(["applied"]);
});

test("without network both wait, and go after the phone was killed", async () => {
  const { town, phone, signals } = await aPhone();
  town.network = "cut";
  const { sha256 } = await (await photos()).keepPhoto(photo());
  await signals.reportFault(SUBJECT, { what: "broken", text: "", photos: [sha256] });
  await signals.pullNow();
  expect(town.blobs).toEqual([]);
  const again = await phone.start();
  town.network = "there";
  const stop = again.watchOutbox();
  await again.pullNow();
  stop();
  expect(town.blobs.map((one) => one.sha256)).toEqual([sha256]);
  expect(again.outbox.value.map((item) => item.state)).toEqual(["applied"]);
});

test("a photo stays while a report names it, and leaves with the last", async () => {
  const { town, signals } = await aPhone();
  town.network = "cut";
  const { keepPhoto, readPhoto, photosHere } = await photos();
  const [one, two] = [await keepPhoto(photo("en")), await keepPhoto(photo("to"))];
  const args = { what: "broken", text: "" } as const;
  const first = await signals.reportFault(SUBJECT, { ...args, photos: [one.sha256, two.sha256] });
  const second = await signals.reportFault({ ...SUBJECT, id: "p2" }, { ...args, photos: [two.sha256] });
  await signals.discard(first);
  expect([await readPhoto(one.sha256), (await readPhoto(two.sha256))?.size]).toEqual([null, 2]);
  await signals.discard(second);
  expect(await photosHere()).toEqual({ count: 0, bytes: 0 });
});

test("a report half written keeps its photos too", async () => {
  await aPhone();
  const { keepPhoto, readPhoto, sweepPhotos } = await photos();
  const { keepDraft, dropDraft } = await import("../../../pwa/src/store/drafts.ts");
  const { sha256 } = await keepPhoto(photo());
  const draft = { what: null, text: "", photos: [sha256] };
  await keepDraft("place/p1", draft);
  await sweepPhotos(true);
  expect(await readPhoto(sha256)).not.toBeNull();
  await dropDraft("place/p1", draft);
  await sweepPhotos(true);
  expect(await readPhoto(sha256)).toBeNull();
});

test("what is stored counts them with what was reported, and all of it can be thrown away", async () => {
  const { town, signals } = await aPhone();
  town.network = "cut";
  const { keepPhoto, photosHere } = await photos();
  const kept = await import("../../../pwa/src/store/kept.ts");
  const bytes = async () => (await kept.list()).find(({ what }) => what === "outbox")?.bytes ?? 0;
  const { sha256 } = await keepPhoto(photo("x".repeat(5000)));
  await signals.reportFault(SUBJECT, { what: "broken", text: "", photos: [sha256] });
  expect(await bytes()).toBeGreaterThan(5000);
  await kept.erase("outbox");
  expect([await bytes(), await photosHere()]).toEqual([0, { count: 0, bytes: 0 }]);
  await keepPhoto(photo());
  await kept.eraseAll();
  expect((await photosHere()).count).toBe(0);
});
