-- A point that a person has moved is not where the register has it.
-- name: facilities
SELECT ST_X(p.geom), ST_Y(p.geom), f.lon, f.lat
FROM facility f JOIN facility_point p ON p.facility = f.thing
WHERE f.source = :source AND NOT EXISTS (SELECT 1 FROM edited e WHERE e.thing = f.thing AND e.field = 'point');

-- name: lines
SELECT ST_AsBinary(l.geom)
FROM route r JOIN stretch s ON s.route = r.thing JOIN stretch_line l ON l.stretch = s.id
WHERE r.source = :source;
