-- A bench has no name: there its spot stands for it.
-- name: facility
SELECT f.source, f.key, coalesce(json_extract(f.name, '$.da'), printf('%.2f %.2f', ST_X(p.geom), ST_Y(p.geom)))
FROM facility f JOIN facility_point p ON p.facility = f.thing
WHERE f.key IN (SELECT value FROM json_each(:keys)) AND f.source <> :source;

-- name: route
SELECT source, key, json_extract(name, '$.da') FROM route WHERE key IN (SELECT value FROM json_each(:keys)) AND source <> :source;

-- name: place
SELECT i.source, i.key, json_extract(i.said, '$.name.da') FROM place_import i
WHERE i.key IN (SELECT value FROM json_each(:keys)) AND i.source <> :source;

-- name: has_facility
SELECT 1 FROM facility WHERE source = :source LIMIT 1;

-- name: has_route
SELECT 1 FROM route WHERE source = :source LIMIT 1;

-- name: has_place
SELECT 1 FROM place_import WHERE source = :source LIMIT 1;
