-- name: init
SELECT InitSpatialMetaData();

-- name: measure
SELECT
  ST_X(ST_Transform(MakePoint(11.8745, 54.7690, 4326), 25832)),
  ST_Y(ST_Transform(MakePoint(11.8745, 54.7690, 4326), 25832)),
  ST_X(ST_Transform(ST_Transform(MakePoint(11.8745, 54.7690, 4326), 25832), 4326)),
  ST_Distance(MakePoint(0, 0, 25832), MakePoint(3, 4, 25832));

-- name: versions
SELECT sqlite_version(), spatialite_version(), geos_version(), proj_version();
