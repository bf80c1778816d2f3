import { beforeEach, expect, test } from "vitest";
import { inOrder, order, orderFrom, orderPlain, settleOrder } from "../../../../pwa/src/screens/now/order.ts";
import { livePlaces } from "../../../../pwa/src/screens/words/place.ts";
import { facility, fill, place, route } from "../town.ts";

const always = {
  weekly: [{ days: ["mo", "tu", "we", "th", "fr", "sa", "su"] as const, opens: "00:00", closes: "24:00" }],
  holidays: "open" as const,
  except: [],
  note: null,
  source: "x",
  seen_on: "2026-01-01",
};
const ids = () => inOrder(livePlaces(), order.value).map((p) => p.id);

beforeEach(() => {
  order.value = null;
  fill({
    places: [
      place({ id: "Ørnehøj", point: [11.9, 54.76] }),
      place({ id: "Anemonen", point: [11.95, 54.76] }),
      place({ id: "Åstedet", point: [11.88, 54.76], state: "resting" }),
      place({ id: "Huset", form: "building", hours: always, point: [11.99, 54.76] }),
      place({ id: "Skærmen", form: "online", point: null }),
    ],
    facilities: [facility({ id: "b", point: [11.871, 54.76] })],
  });
});

test("without a position the open ones stand first, then by name the Danish way, what rests last", () => {
  orderPlain();
  expect(ids()).toEqual(["Huset", "Anemonen", "Skærmen", "Ørnehøj", "Åstedet"]);
  expect(order.value?.first).toBe("open");
});

test("at night what opens today stands first, and the line says so", () => {
  const here = new Intl.DateTimeFormat("en", { timeZone: "Europe/Copenhagen", weekday: "short" });
  const today = here.format(new Date()).slice(0, 2).toLowerCase() as "su";
  const late = { ...always, weekly: [{ days: [today], opens: "23:59", closes: "24:00" }] };
  fill({ places: [place({ id: "Anemonen" }), place({ id: "Huset", form: "building", hours: late })] });
  orderPlain();
  expect(ids()).toEqual(["Huset", "Anemonen"]);
  expect(order.value?.first).toMatch(/today|open/);
});

test("near me: nearest first, with direction; what has no place last", () => {
  orderFrom([11.87, 54.76], null);
  expect(ids()).toEqual(["Åstedet", "Ørnehøj", "Anemonen", "Huset", "Skærmen"]);
  expect(order.value?.spots.get("Ørnehøj")).toMatchObject({ to: 2, across: false });
  expect(order.value?.spots.get("b")?.metres).toBeLessThan(70);
});

test("rows never move by themselves: what comes later stands last until the order is asked for again", () => {
  orderFrom([11.87, 54.76], null);
  const before = ids();
  fill({ places: [...livePlaces(), place({ id: "Nyt", point: [11.8701, 54.76] })] });
  expect(ids()).toEqual([...before, "Nyt"]);
  orderFrom([11.87, 54.76], null);
  expect(ids()[0]).toBe("Nyt");
});

test("while the first list comes in the order is made anew; once it is whole it stands", () => {
  settleOrder(false);
  fill({ places: [place({ id: "B" }), place({ id: "C" })] });
  settleOrder(true);
  expect(ids()).toEqual(["B", "C"]);
  fill({ places: [place({ id: "A" }), place({ id: "B" }), place({ id: "C" })] });
  settleOrder(true);
  expect(ids()).toEqual(["B", "C", "A"]);
});

test("an order from a position is not undone by new data", () => {
  orderFrom([11.87, 54.76], "Nykøbing");
  settleOrder(true);
  expect(order.value?.town).toBe("Nykøbing");
});

test("routes without a position: named ones first, those by car last, and of the nameless the longest first", () => {
  const bare = { da: "Cykelrute, uden navn" };
  const routes = [
    route({ id: "car", name: { da: "Bilrute, uden navn" }, modes: ["drive"], length_m: 36_800 }),
    route({ id: "named car", name: { da: "Alleen" }, modes: ["drive"] }),
    route({ id: "short", name: bare, modes: ["cycle"], length_m: 20 }),
    route({ id: "long", name: bare, modes: ["cycle"], length_m: 9000 }),
    route({ id: "named", name: { da: "Østersøruten" } }),
  ];
  fill({ places: [place({ id: "p" })], routes });
  orderPlain();
  const sorted = inOrder(routes, order.value).map((r) => r.id);
  expect(sorted).toEqual(["named", "long", "short", "named car", "car"]);
});
