-- name: routes_among
SELECT id FROM thing WHERE kind = 'route' AND id IN (SELECT value FROM json_each(:things));

-- name: routes_before
SELECT DISTINCT route FROM near WHERE thing IN (SELECT value FROM json_each(:things));

-- name: routes_named
SELECT DISTINCT route FROM place WHERE route IS NOT NULL AND thing IN (SELECT value FROM json_each(:things));

-- CROSS JOIN holds the order: the few things first, then the R-tree, then the distance. A long line counts by its box: to reckon
-- it once, piece by piece, costs less than its distance to each thing.
-- name: routes_near_facilities
SELECT DISTINCT s.route
FROM json_each(:things) j
CROSS JOIN facility_point p ON p.facility = j.value
CROSS JOIN idx_stretch_line_geom x ON x.xmin <= ST_X(p.geom) + :within AND x.xmax >= ST_X(p.geom) - :within
  AND x.ymin <= ST_Y(p.geom) + :within AND x.ymax >= ST_Y(p.geom) - :within
CROSS JOIN stretch_line l ON l.stretch = x.pkid
CROSS JOIN stretch s ON s.id = l.stretch
WHERE length(l.geom) > :long OR ST_Distance(l.geom, p.geom) <= :within;

-- name: routes_near_places
SELECT DISTINCT s.route
FROM json_each(:things) j
CROSS JOIN place_point p ON p.place = j.value
CROSS JOIN idx_stretch_line_geom x ON x.xmin <= ST_X(p.geom) + :within AND x.xmax >= ST_X(p.geom) - :within
  AND x.ymin <= ST_Y(p.geom) + :within AND x.ymax >= ST_Y(p.geom) - :within
CROSS JOIN stretch_line l ON l.stretch = x.pkid
CROSS JOIN stretch s ON s.id = l.stretch
WHERE length(l.geom) > :long OR ST_Distance(l.geom, p.geom) <= :within;

-- name: drop
DELETE FROM near WHERE route IN (SELECT value FROM json_each(:routes));

-- name: put
INSERT INTO near (route, thing, at_m, off_m) VALUES (:route, :thing, :at_m, :off_m);

-- The nearest stretch counts, of equals the first. Numbers alone are sorted, never lines: with a long one in each row beside many
-- facilities that filled a disk. :kind is known before the first row, so only the half that is asked for is run.
-- name: near
WITH pairs AS MATERIALIZED (
  SELECT s.route AS route, s.id AS stretch, s.no AS no, p.facility AS thing, ST_Distance(l.geom, p.geom) AS off
  FROM json_each(:routes) j
  CROSS JOIN stretch s ON s.route = j.value
  CROSS JOIN stretch_line l ON l.stretch = s.id
  CROSS JOIN idx_facility_point_geom x ON x.xmin <= MbrMaxX(l.geom) + :within AND x.xmax >= MbrMinX(l.geom) - :within
    AND x.ymin <= MbrMaxY(l.geom) + :within AND x.ymax >= MbrMinY(l.geom) - :within
  CROSS JOIN facility_point p ON p.facility = x.pkid
  CROSS JOIN facility c ON c.thing = p.facility
  CROSS JOIN thing t ON t.id = c.thing
  WHERE :kind = 'facility' AND length(l.geom) <= :long AND c.public = 1 AND t.withdrawn_on IS NULL
  UNION ALL
  SELECT s.route, s.id, s.no, p.place, ST_Distance(l.geom, p.geom)
  FROM json_each(:routes) j
  CROSS JOIN stretch s ON s.route = j.value
  CROSS JOIN stretch_line l ON l.stretch = s.id
  CROSS JOIN idx_place_point_geom x ON x.xmin <= MbrMaxX(l.geom) + :within AND x.xmax >= MbrMinX(l.geom) - :within
    AND x.ymin <= MbrMaxY(l.geom) + :within AND x.ymax >= MbrMinY(l.geom) - :within
  CROSS JOIN place_point p ON p.place = x.pkid
  CROSS JOIN place c ON c.thing = p.place
  CROSS JOIN thing t ON t.id = c.thing
  WHERE :kind = 'place' AND length(l.geom) <= :long AND c.state IN ('active', 'resting') AND t.withdrawn_on IS NULL
),
nearest AS MATERIALIZED (
  SELECT route, stretch, thing, off FROM (
    SELECT *, row_number() OVER (PARTITION BY route, thing ORDER BY off, no) AS nth FROM pairs WHERE off <= :within
  )
  WHERE nth = 1
)
SELECT n.route, n.thing, s.no, s.start_m + ST_Line_Locate_Point(l.geom, coalesce(f.geom, p.geom)) * s.length_m, n.off
FROM nearest n
JOIN stretch s ON s.id = n.stretch
JOIN stretch_line l ON l.stretch = n.stretch
LEFT JOIN facility_point f ON f.facility = n.thing
LEFT JOIN place_point p ON p.place = n.thing;

-- Lines of many points, to be cut into pieces.
-- name: long
SELECT s.route, s.no, s.start_m, s.length_m, ST_AsBinary(l.geom)
FROM json_each(:routes) j
CROSS JOIN stretch s ON s.route = j.value
CROSS JOIN stretch_line l ON l.stretch = s.id
WHERE length(l.geom) > :long;

-- name: facility_by_piece
SELECT p.facility, ST_Line_Locate_Point(g.geom, p.geom), ST_Distance(g.geom, p.geom)
FROM (SELECT ST_GeomFromWKB(:piece, 25832) AS geom) g
CROSS JOIN idx_facility_point_geom x ON x.xmin <= :east + :within AND x.xmax >= :west - :within
  AND x.ymin <= :north + :within AND x.ymax >= :south - :within
CROSS JOIN facility_point p ON p.facility = x.pkid
CROSS JOIN facility c ON c.thing = p.facility
CROSS JOIN thing t ON t.id = c.thing
WHERE c.public = 1 AND t.withdrawn_on IS NULL AND ST_Distance(g.geom, p.geom) <= :within;

-- name: place_by_piece
SELECT p.place, ST_Line_Locate_Point(g.geom, p.geom), ST_Distance(g.geom, p.geom)
FROM (SELECT ST_GeomFromWKB(:piece, 25832) AS geom) g
CROSS JOIN idx_place_point_geom x ON x.xmin <= :east + :within AND x.xmax >= :west - :within
  AND x.ymin <= :north + :within AND x.ymax >= :south - :within
CROSS JOIN place_point p ON p.place = x.pkid
CROSS JOIN place c ON c.thing = p.place
CROSS JOIN thing t ON t.id = c.thing
WHERE c.state IN ('active', 'resting') AND t.withdrawn_on IS NULL AND ST_Distance(g.geom, p.geom) <= :within;

-- name: named
INSERT INTO near (route, thing)
SELECT c.route, c.thing FROM place c JOIN thing t ON t.id = c.thing
WHERE c.route IN (SELECT value FROM json_each(:routes)) AND c.state IN ('active', 'resting') AND t.withdrawn_on IS NULL
ON CONFLICT (route, thing) DO NOTHING;
