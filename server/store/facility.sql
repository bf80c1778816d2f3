-- name: had
SELECT t.id, f.same, t.withdrawn_on FROM thing t JOIN facility f ON f.thing = t.id WHERE t.kind = 'facility' AND t.uid = :uid;

-- name: put
INSERT INTO facility (thing, source, key, code, type_text, name, access, season, open_24h, source_text, public, lon, lat, same)
VALUES (:thing, :source, :key, :code, :type_text, :name, :access, :season, :open_24h, :source_text, :public, :lon, :lat, :same)
ON CONFLICT (thing) DO UPDATE SET source = excluded.source, key = excluded.key, code = excluded.code, type_text = excluded.type_text,
  name = excluded.name, access = excluded.access, season = excluded.season, open_24h = excluded.open_24h,
  source_text = excluded.source_text, public = excluded.public, lon = excluded.lon, lat = excluded.lat, same = excluded.same;

-- name: put_point
INSERT INTO facility_point (facility, geom) VALUES (:thing, MakePoint(:x, :y, 25832))
ON CONFLICT (facility) DO UPDATE SET geom = excluded.geom;

-- name: bodies
SELECT t.id, t.uid, f.code, f.type_text, f.name, f.access, f.season, f.open_24h, f.source_text, f.public, f.lon, f.lat, t.withdrawn_on
FROM thing t JOIN facility f ON f.thing = t.id
WHERE t.kind = 'facility' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY t.id;

-- name: name_of
SELECT name, type_text, public FROM facility WHERE thing = :thing;
