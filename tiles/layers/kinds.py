"""Shortbread's kinds, and the first zoom at which the style draws each (tiles/style draws none earlier).

A tile does not carry what no style layer would show: the zoom here is the style's own, so what is held back is never
missed.
"""

LAND = {
    10: "residential commercial retail garages railway industrial farmyard landfill quarry brownfield greenfield"
    " farmland orchard vineyard plant_nursery greenhouse_horticulture allotments sand beach shingle",
    11: "meadow grass grassland village_green recreation_ground heath scrub bare_rock scree"
    " swamp bog string_bog wet_meadow marsh park garden golf_course playground cemetery grave_yard",
    8: "forest",
}
WATER = {8: "water lake river basin dock reservoir pond"}
WATER_LINES = {9: "river canal", 12: "stream ditch"}
STREETS = {
    8: "motorway trunk primary secondary rail light_rail narrow_gauge",
    10: "tertiary unclassified",
    12: "residential living_street service busway track footway path pedestrian steps cycleway",
}
RAIL = frozenset({"rail", "light_rail", "narrow_gauge"})


def by_kind(table: dict[int, str]) -> dict[str, int]:
    """{kind: first zoom} of a table above."""
    return {kind: zoom for zoom, kinds in table.items() for kind in kinds.split()}


LAND_FROM = by_kind(LAND)
WATER_FROM = by_kind(WATER)
WATER_LINES_FROM = by_kind(WATER_LINES)
STREETS_FROM = by_kind(STREETS)
