-- What the reader asks a foreign GeoPackage before GDAL does.

-- name: distrust
PRAGMA trusted_schema = OFF;

-- name: check_cells
PRAGMA cell_size_check = ON;

-- name: whole
PRAGMA quick_check(1);

-- name: relations
SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view');

-- name: layers
SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes');

-- name: count
SELECT count(*) FROM "layer";
