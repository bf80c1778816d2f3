/** What the register measured reaches a citizen with its source and day, and what it calls unknown reads "ved ikke". */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { opens } from "./opens.ts";
import { heading, menu, words } from "./screens.ts";
import { command, emptyDir, openToAll } from "./server.ts";

const common = {
  off_kode: 1,
  statuskode: 3,
  cvr_kode: 29188599,
  rute_ty_k: 5,
  systid_fra: "2024-05-01T10:00:00+02:00",
};
const measured = {
  er_niveaufri: true,
  barriere_typer: ["Låger"],
  smalleste_passagebredde: 84.6,
  er_belaegningen_fast: true,
};
const unknown = { er_niveaufri: 9, barriere_typer: ["Låger"], smalleste_passagebredde: 9 };

function stretch(navn: string, belaegn_k: number, tilgaeng_opl: object, lat: number): object {
  const coordinates = [
    [11.87, lat],
    [11.88, lat],
  ];
  const properties = { ...common, navn, objekt_id: navn, belaegn_k, tilgaeng_opl };
  return { type: "Feature", properties, geometry: { type: "LineString", coordinates } };
}

function imported(): string {
  const dir = emptyDir();
  const features = [
    stretch("Engstien", 9, measured, 54.76),
    stretch("Mosestien", 9, unknown, 54.77),
    stretch("Grusstien", 2, {}, 54.78),
  ];
  const file = join(dir, "t_5802_fac_li.geojson");
  writeFileSync(file, JSON.stringify({ type: "FeatureCollection", features }));
  command(dir, ["import", file]);
  return openToAll(dir);
}

let page: Page;
let url = "";
opens(
  async ({ phone, server }) => {
    page = await phone.open();
    url = server.url;
  },
  { data: imported },
);

/** Term and answer of a route's facts, as they are read. */
async function answers(name: string): Promise<string> {
  await page.goto(`${url}/ruter/${name.toLowerCase()}`);
  await menu(page, "Gemt").waitFor();
  await heading(page, name).waitFor();
  return words(page);
}

describe("what the register says of a route", () => {
  test("a measured gate stands with its source and the day", async () => {
    const said = await answers("Engstien");
    expect(said).toMatch(/84 cm Målt 1\. maj 2024\. Kilde: GeoFA 5802, Natur for alle/);
    expect(said).toContain("Fast er i Natur for alle det, der ikke giver efter for hjul og fødder");
    expect(said).toMatch(/Fast 640 m Set 1\. maj 2024\. Kilde: GeoFA 5802, Natur for alle/);
    expect(said).toMatch(/Låge, 84 cm bred Målt 1\. maj 2024\. Kilde: GeoFA 5802, Natur for alle/);
  });

  test("9 reads ved ikke, of steps, gate and width alike", async () => {
    const said = await answers("Mosestien");
    expect(said).not.toMatch(/\d cm/);
    expect(said.match(/ved ikke/gi)?.length).toBeGreaterThanOrEqual(3);
  });

  test("loose goes by the definition of the register that says so", async () => {
    const said = await answers("Grusstien");
    expect(said).toContain("Løst er i GeoFA belægning som perlesten og stenmel.");
    expect(said).toMatch(/Løst [\d,]+ k?m Set 1\. maj 2024\. Kilde: GeoFA 5802/);
    expect(said).not.toContain("Natur for alle");
  });
});
