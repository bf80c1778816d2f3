-- name: many
SELECT t.id, t.uid, t.slug, t.withdrawn_on, p.form, p.state, p.said, r.uid, p.was_public,
  p.dissolved_on, p.why, s.uid, p.notes, p.last_seen_on, p.changed_at, p.changed_by
FROM thing t JOIN place p ON p.thing = t.id LEFT JOIN thing r ON r.id = p.route LEFT JOIN thing s ON s.id = p.successor
WHERE t.kind = 'place' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY t.id;

-- name: facilities
SELECT pf.place, f.uid
FROM thing t JOIN place_facility pf ON pf.place = t.id JOIN thing f ON f.id = pf.facility
WHERE t.kind = 'place' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY pf.place, pf.no;

-- name: put
INSERT INTO place (thing, form, state, said, route, was_public, dissolved_on, why, successor, notes, last_seen_on, changed_at, changed_by)
VALUES (:thing, :form, :state, :said, :route, :was_public, :dissolved_on, :why, :successor, :notes, :last_seen_on, :changed_at, :changed_by)
ON CONFLICT (thing) DO UPDATE SET form = excluded.form, state = excluded.state, said = excluded.said, route = excluded.route,
  was_public = excluded.was_public, dissolved_on = excluded.dissolved_on, why = excluded.why, successor = excluded.successor,
  notes = excluded.notes, last_seen_on = excluded.last_seen_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: drop_facilities
DELETE FROM place_facility WHERE place = :place;

-- name: put_facility
INSERT INTO place_facility (place, no, facility) VALUES (:place, :no, :facility);

-- name: drop_point
DELETE FROM place_point WHERE place = :place;

-- name: put_point
INSERT INTO place_point (place, geom) VALUES (:place, ST_Transform(MakePoint(:lon, :lat, 4326), 25832))
ON CONFLICT (place) DO UPDATE SET geom = excluded.geom;

-- name: naming_route
SELECT t.uid FROM place p JOIN thing t ON t.id = p.thing
WHERE p.route IN (SELECT value FROM json_each(:routes)) AND p.state <> 'dissolved' AND t.withdrawn_on IS NULL
ORDER BY t.id;

-- name: public_bodies
SELECT f.body
FROM place p JOIN thing t ON t.id = p.thing JOIN feed f ON f.scope = 'public' AND f.kind = 'place' AND f.id = t.uid
WHERE p.state IN ('active', 'resting') AND f.body IS NOT NULL
ORDER BY p.state = 'resting', t.id;
