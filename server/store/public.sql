-- name: bodies
SELECT f.body
FROM thing t JOIN feed f ON f.scope = 'public' AND f.kind = t.kind AND f.id = t.uid
WHERE t.kind = :kind AND f.body IS NOT NULL
ORDER BY t.id;

-- name: facilities
SELECT t.uid, f.source, f.key, ST_X(g.geom), ST_Y(g.geom)
FROM (SELECT facility, ST_Transform(geom, 4326) AS geom FROM facility_point) g
JOIN facility f ON f.thing = g.facility JOIN thing t ON t.id = f.thing;

-- name: routes
SELECT t.uid, r.source, r.key FROM route r JOIN thing t ON t.id = r.thing;

-- name: lines
SELECT s.uid, ST_AsBinary(ST_Transform(l.geom, 4326)) FROM stretch_line l JOIN stretch s ON s.id = l.stretch;
