"""Makes the map: municipal layers in, PMTiles archives out. A command of its own: `python -m tiles`.

    sources/   foreign files read in a limited process, as shapes in EPSG:3857     layers/   one file a layer: names and kinds
    frame.py   what the map covers      snap.py cut.py archive.py packs.py   grid, tiles, archives, manifest      build.py
    census.py tally.py check.py         what went in, what is in the tiles, and whether the two agree

The folder of layers holds these files, as .gpkg or .geojson; each may be missing, others are left out and named:

| file                                                                | becomes                                   |
|---------------------------------------------------------------------|-------------------------------------------|
| linestring_vej_myndighed, linestring_vej_hastighedsgraense          | streets (see `layers/streets.py`)         |
| polygon_land_{frednatpark,vaerdifuld,beskyttnatur_flade}            | protected (see `layers/protected.py`)     |
| linestring_land_beskyttnatur_linje                                  | water_lines, kind stream                  |
| veje (kind, name?, bridge?)                                         | streets, ferries, street_labels           |
| skov, natur, land (kind, name?)                                     | land, land_labels; kinds of water as lakes |
| soe (kind, name?), vandloeb (kind, name?)                           | water_polygons with labels, water_lines   |
| vandnavne (kind sound, bay, fjord …; name)                          | water_polygons_labels                     |
| attribution.json (a Text)                                           | the packs' attribution                    |
"""
