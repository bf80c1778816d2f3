"""All layers in the order in which they lie in a tile, and what becomes of each file."""

from collections.abc import Iterable

from tiles.layers.beyond import beyond
from tiles.layers.boundaries import boundaries
from tiles.layers.labels import land_labels, place_labels, street_labels, water_polygons_labels
from tiles.layers.land import land
from tiles.layers.layer import Layer, World
from tiles.layers.ocean import ocean
from tiles.layers.protected import protected
from tiles.layers.streets import ferries, streets
from tiles.layers.water import water_lines, water_polygons

# Files that are read, and the reason for leaving others of the municipality's.
READ = {
    *("veje", "skov", "soe", "natur", "land", "vandnavne", "vandloeb"),
    *("linestring_vej_myndighed", "linestring_vej_hastighedsgraense", "linestring_land_beskyttnatur_linje"),
    *("polygon_land_beskyttnatur_flade", "polygon_land_frednatpark", "polygon_land_vaerdifuld"),
}
LIVE = ("linestring_rute_", "point_facilit_", "point_land_udflugt", "point_land_besoegs")
ON_TOP = "lies on top of the map, from the feed"
NOT_DRAWN = "no layer of the map draws it"


def why_not(stem: str) -> str | None:
    """Why a file of the layers' folder is not read, or None where it is."""
    if stem in READ:
        return None
    return ON_TOP if stem.startswith(LIVE) else NOT_DRAWN


def all_layers(world: World) -> Iterable[Layer]:
    """Every layer of the map, empty ones too, before the frame and before any zoom."""
    ground, lakes, roads = land(world), water_polygons(world), streets(world)
    return [
        beyond(world),
        ocean(world),
        ground,
        lakes,
        water_lines(world),
        protected(world),
        ferries(world),
        roads,
        boundaries(world),
        street_labels(roads),
        water_polygons_labels(world, lakes),
        land_labels(ground),
        place_labels(world),
    ]
