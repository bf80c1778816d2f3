-- A bench has no name: what it is stands for it.
-- name: facility
SELECT f.source, f.key, t.uid, coalesce(json_extract(f.name, '$.da'), f.type_text), ST_X(p.geom), ST_Y(p.geom), iif(f.name IS NULL, NULL, coalesce(f.code, f.type_text))
FROM facility f JOIN thing t ON t.id = f.thing JOIN facility_point p ON p.facility = f.thing
WHERE f.key IN (SELECT value FROM json_each(:keys));

-- name: route
SELECT r.source, r.key, t.uid, json_extract(r.name, '$.da'), (min(MbrMinX(l.geom)) + max(MbrMaxX(l.geom))) / 2,
  (min(MbrMinY(l.geom)) + max(MbrMaxY(l.geom))) / 2, nullif(r.modes, '[]')
FROM route r JOIN thing t ON t.id = r.thing JOIN stretch s ON s.route = r.thing JOIN stretch_line l ON l.stretch = s.id
WHERE r.key IN (SELECT value FROM json_each(:keys))
GROUP BY r.thing;

-- name: place
SELECT i.source, i.key, t.uid, json_extract(i.said, '$.name.da'), json_extract(i.said, '$.point[0]'), json_extract(i.said, '$.point[1]'), NULL
FROM place_import i JOIN thing t ON t.id = i.place
WHERE i.key IN (SELECT value FROM json_each(:keys));

-- name: named_facility
SELECT f.source, f.key, t.uid, coalesce(json_extract(f.name, '$.da'), f.type_text), ST_X(p.geom), ST_Y(p.geom), iif(f.name IS NULL, NULL, coalesce(f.code, f.type_text))
FROM facility f JOIN thing t ON t.id = f.thing JOIN facility_point p ON p.facility = f.thing
WHERE coalesce(json_extract(f.name, '$.da'), f.type_text) IN (SELECT value FROM json_each(:names));

-- name: named_route
SELECT r.source, r.key, t.uid, json_extract(r.name, '$.da'), (min(MbrMinX(l.geom)) + max(MbrMaxX(l.geom))) / 2,
  (min(MbrMinY(l.geom)) + max(MbrMaxY(l.geom))) / 2, nullif(r.modes, '[]')
FROM route r JOIN thing t ON t.id = r.thing JOIN stretch s ON s.route = r.thing JOIN stretch_line l ON l.stretch = s.id
WHERE json_extract(r.name, '$.da') IN (SELECT value FROM json_each(:names))
GROUP BY r.thing;

-- name: named_place
SELECT i.source, i.key, t.uid, json_extract(i.said, '$.name.da'), json_extract(i.said, '$.point[0]'), json_extract(i.said, '$.point[1]'), NULL
FROM place_import i JOIN thing t ON t.id = i.place
WHERE json_extract(i.said, '$.name.da') IN (SELECT value FROM json_each(:names));

-- name: has_facility
SELECT 1 FROM facility WHERE source = :source LIMIT 1;

-- name: has_route
SELECT 1 FROM route WHERE source = :source LIMIT 1;

-- name: has_place
SELECT 1 FROM place_import WHERE source = :source LIMIT 1;
