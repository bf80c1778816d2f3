-- name: routes_among
SELECT id FROM thing WHERE kind = 'route' AND id IN (SELECT value FROM json_each(:things));

-- name: routes_before
SELECT DISTINCT route FROM near WHERE thing IN (SELECT value FROM json_each(:things));

-- name: routes_named
SELECT DISTINCT route FROM place WHERE route IS NOT NULL AND thing IN (SELECT value FROM json_each(:things));

-- CROSS JOIN holds the order: the few things first, then the R-tree, then the distance.
-- name: routes_near_facilities
SELECT DISTINCT s.route
FROM json_each(:things) j
CROSS JOIN facility_point p ON p.facility = j.value
CROSS JOIN idx_stretch_line_geom x ON x.xmin <= ST_X(p.geom) + :within AND x.xmax >= ST_X(p.geom) - :within
  AND x.ymin <= ST_Y(p.geom) + :within AND x.ymax >= ST_Y(p.geom) - :within
CROSS JOIN stretch_line l ON l.stretch = x.pkid
CROSS JOIN stretch s ON s.id = l.stretch
WHERE ST_Distance(l.geom, p.geom) <= :within;

-- name: routes_near_places
SELECT DISTINCT s.route
FROM json_each(:things) j
CROSS JOIN place_point p ON p.place = j.value
CROSS JOIN idx_stretch_line_geom x ON x.xmin <= ST_X(p.geom) + :within AND x.xmax >= ST_X(p.geom) - :within
  AND x.ymin <= ST_Y(p.geom) + :within AND x.ymax >= ST_Y(p.geom) - :within
CROSS JOIN stretch_line l ON l.stretch = x.pkid
CROSS JOIN stretch s ON s.id = l.stretch
WHERE ST_Distance(l.geom, p.geom) <= :within;

-- name: drop
DELETE FROM near WHERE route IN (SELECT value FROM json_each(:routes));

-- name: put
INSERT INTO near (route, thing, at_m, off_m) VALUES (:route, :thing, :at_m, :off_m);

-- The nearest stretch counts, of equals the first.
-- name: facilities
SELECT route, thing, at_m, off_m FROM (
  SELECT s.route AS route, p.facility AS thing,
    CAST(round(s.start_m + ST_Line_Locate_Point(l.geom, p.geom) * s.length_m) AS INTEGER) AS at_m,
    CAST(round(ST_Distance(l.geom, p.geom)) AS INTEGER) AS off_m,
    row_number() OVER (PARTITION BY s.route, p.facility ORDER BY ST_Distance(l.geom, p.geom), s.no) AS nth
  FROM json_each(:routes) j
  CROSS JOIN stretch s ON s.route = j.value
  CROSS JOIN stretch_line l ON l.stretch = s.id
  CROSS JOIN idx_facility_point_geom x ON x.xmin <= MbrMaxX(l.geom) + :within AND x.xmax >= MbrMinX(l.geom) - :within
    AND x.ymin <= MbrMaxY(l.geom) + :within AND x.ymax >= MbrMinY(l.geom) - :within
  CROSS JOIN facility_point p ON p.facility = x.pkid
  CROSS JOIN facility f ON f.thing = p.facility
  CROSS JOIN thing t ON t.id = f.thing
  WHERE f.public = 1 AND t.withdrawn_on IS NULL AND ST_Distance(l.geom, p.geom) <= :within
)
WHERE nth = 1
ORDER BY route, at_m, off_m, thing;

-- name: places
SELECT route, thing, at_m, off_m FROM (
  SELECT s.route AS route, p.place AS thing,
    CAST(round(s.start_m + ST_Line_Locate_Point(l.geom, p.geom) * s.length_m) AS INTEGER) AS at_m,
    CAST(round(ST_Distance(l.geom, p.geom)) AS INTEGER) AS off_m,
    row_number() OVER (PARTITION BY s.route, p.place ORDER BY ST_Distance(l.geom, p.geom), s.no) AS nth
  FROM json_each(:routes) j
  CROSS JOIN stretch s ON s.route = j.value
  CROSS JOIN stretch_line l ON l.stretch = s.id
  CROSS JOIN idx_place_point_geom x ON x.xmin <= MbrMaxX(l.geom) + :within AND x.xmax >= MbrMinX(l.geom) - :within
    AND x.ymin <= MbrMaxY(l.geom) + :within AND x.ymax >= MbrMinY(l.geom) - :within
  CROSS JOIN place_point p ON p.place = x.pkid
  CROSS JOIN place c ON c.thing = p.place
  CROSS JOIN thing t ON t.id = c.thing
  WHERE c.state IN ('active', 'resting') AND t.withdrawn_on IS NULL AND ST_Distance(l.geom, p.geom) <= :within
)
WHERE nth = 1
ORDER BY route, at_m, off_m, thing;

-- name: named
INSERT INTO near (route, thing)
SELECT c.route, c.thing FROM place c JOIN thing t ON t.id = c.thing
WHERE c.route IN (SELECT value FROM json_each(:routes)) AND c.state IN ('active', 'resting') AND t.withdrawn_on IS NULL
ON CONFLICT (route, thing) DO NOTHING;
