-- name: had
SELECT t.id, f.same, t.withdrawn_on FROM thing t JOIN facility f ON f.thing = t.id WHERE t.kind = 'facility' AND t.uid = :uid;

-- name: put
INSERT INTO facility (thing, source, key, code, type_text, name, access, season, open_24h, source_text, public, lon, lat, same,
  changed_at, changed_by)
VALUES (:thing, :source, :key, :code, :type_text, :name, :access, :season, :open_24h, :source_text, :public, :lon, :lat, :same,
  :changed_at, :changed_by)
ON CONFLICT (thing) DO UPDATE SET source = excluded.source, key = excluded.key, code = excluded.code, type_text = excluded.type_text,
  name = excluded.name, access = excluded.access, season = excluded.season, open_24h = excluded.open_24h,
  source_text = excluded.source_text, public = excluded.public, lon = excluded.lon, lat = excluded.lat, same = excluded.same,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: columns
SELECT code, type_text, name, access, season, open_24h, public, lon, lat, ST_X(p.geom), ST_Y(p.geom)
FROM facility f JOIN facility_point p ON p.facility = f.thing WHERE f.thing = :thing;

-- name: edit
UPDATE facility SET code = :code, type_text = :type_text, name = :name, access = :access, season = :season, open_24h = :open_24h,
  public = :public, lon = :lon, lat = :lat, changed_at = :changed_at, changed_by = :changed_by
WHERE thing = :thing;

-- name: put_point
INSERT INTO facility_point (facility, geom) VALUES (:thing, MakePoint(:x, :y, 25832))
ON CONFLICT (facility) DO UPDATE SET geom = excluded.geom;

-- name: bodies
SELECT t.id, t.uid, f.code, f.type_text, f.name, f.access, f.season, f.open_24h, f.source_text, f.public, f.lon, f.lat, t.withdrawn_on,
  f.changed_at, f.changed_by, f.source
FROM thing t JOIN facility f ON f.thing = t.id
WHERE t.kind = 'facility' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY t.id;

-- name: name_of
SELECT name, type_text, public FROM facility WHERE thing = :thing;

-- name: put_same
UPDATE facility SET same = :same WHERE thing = :thing;
