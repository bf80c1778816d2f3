/** What firm, loose and unpaved mean: each source draws the line elsewhere, so its own definition stands beside its answer. */
import { t } from "../../text/t.ts";

type Kind = "firm" | "loose" | "unpaved";
type Told = { readonly value: string; readonly source: string } | null;

/** GeoFA 1.7, d_basis_belaegning; Natur for alle, tilgaeng_opl; else the municipality's own words (docs/words.md). */
const means = {
  geofa: { firm: "ground.geofaFirm", loose: "ground.geofaLoose", unpaved: "ground.geofaUnpaved" },
  forAll: { firm: "ground.forAllFirm", loose: "ground.forAllLoose", unpaved: null },
  own: { firm: "ground.ownFirm", loose: "ground.ownLoose", unpaved: "ground.ownUnpaved" },
} as const;

function by(source: string): keyof typeof means {
  if (source.endsWith("Natur for alle")) return "forAll";
  return source.startsWith("GeoFA") ? "geofa" : "own";
}

/** The definitions that apply to what was answered, each once, in the order of the answers. */
export function groundMeans(answers: readonly Told[]): string[] {
  const keys = answers.map((one) => (one ? (means[by(one.source)][one.value as Kind] ?? null) : null));
  return [...new Set(keys)].flatMap((key) => (key ? [t(key)] : []));
}
