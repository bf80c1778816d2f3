-- name: had
SELECT t.id, r.same, t.withdrawn_on, t.slug FROM thing t JOIN route r ON r.thing = t.id WHERE t.kind = 'route' AND t.uid = :uid;

-- name: put
INSERT INTO route (thing, source, key, name, modes, loop, season, source_text, public, closures, approaches, same,
  changed_at, changed_by)
VALUES (:thing, :source, :key, :name, :modes, :loop, :season, :source_text, :public, :closures, :approaches, :same,
  :changed_at, :changed_by)
ON CONFLICT (thing) DO UPDATE SET source = excluded.source, key = excluded.key, name = excluded.name, modes = excluded.modes,
  loop = excluded.loop, season = excluded.season, source_text = excluded.source_text, public = excluded.public,
  closures = excluded.closures, approaches = excluded.approaches, same = excluded.same,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: columns
SELECT name, modes, season, public, closures, approaches FROM route WHERE thing = :thing;

-- name: edit
UPDATE route SET name = :name, modes = :modes, loop = :loop, season = :season, public = :public, closures = :closures,
  approaches = :approaches, changed_at = :changed_at, changed_by = :changed_by
WHERE thing = :thing;

-- name: numbers
SELECT id, uid FROM stretch WHERE route = :route ORDER BY no;

-- name: edit_stretch
UPDATE stretch SET surface = :surface, access = :access WHERE id = :stretch;

-- No two stretches of a route have the same number, not for a moment: all leave theirs before one takes another's.
-- name: unnumber
UPDATE stretch SET no = -no WHERE route = :route;

-- name: place_stretch
UPDATE stretch SET no = :no, line = :line, length_m = :length_m, start_m = :start_m WHERE id = :stretch;

-- name: drop_line
DELETE FROM stretch_line WHERE stretch = :stretch;

-- name: drop_stretch
DELETE FROM stretch WHERE id = :stretch;

-- name: said
SELECT uid, surface, access FROM stretch WHERE route = :route;

-- name: drop_lines
DELETE FROM stretch_line WHERE stretch IN (SELECT id FROM stretch WHERE route = :route);

-- name: drop_stretches
DELETE FROM stretch WHERE route = :route;

-- name: make_stretch
INSERT INTO stretch (route, no, uid, line, length_m, start_m, surface, access)
VALUES (:route, :no, :uid, :line, :length_m, :start_m, :surface, :access)
RETURNING id;

-- name: make_line
INSERT INTO stretch_line (stretch, geom) VALUES (:stretch, ST_GeomFromWKB(:blob, 25832));

-- name: is_public
SELECT 1 FROM thing t JOIN route r ON r.thing = t.id
WHERE t.kind = 'route' AND t.uid = :uid AND t.withdrawn_on IS NULL AND r.public = 1;

-- name: name_of
SELECT name, public FROM route WHERE thing = :thing;

-- name: bodies
SELECT t.id, t.uid, t.slug, r.name, r.modes, r.loop, r.season, r.source_text, r.public, r.closures, r.approaches, t.withdrawn_on,
  r.changed_at, r.changed_by, r.source
FROM thing t JOIN route r ON r.thing = t.id
WHERE t.kind = 'route' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY t.id;

-- name: stretches
SELECT s.route, s.uid, s.line, s.length_m, s.surface, s.access
FROM thing t JOIN stretch s ON s.route = t.id
WHERE t.kind = 'route' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY s.route, s.no;

-- name: near
SELECT n.route, o.kind, o.uid, n.at_m, n.off_m
FROM thing t JOIN near n ON n.route = t.id JOIN thing o ON o.id = n.thing
WHERE t.kind = 'route' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY n.route, n.at_m, n.off_m, o.uid;

-- name: put_same
UPDATE route SET same = :same WHERE thing = :thing;
