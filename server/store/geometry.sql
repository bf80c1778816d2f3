-- name: point_of
SELECT ST_X(g), ST_Y(g) FROM (SELECT ST_Transform(MakePoint(:x, :y, 25832), 4326) AS g);

-- name: line_of
SELECT ST_AsBinary(ST_Transform(ST_GeomFromWKB(:blob, 25832), 4326));

-- name: metres_of
SELECT ST_AsBinary(ST_Transform(ST_GeomFromWKB(:blob, 4326), 25832));
