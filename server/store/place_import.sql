-- name: held
SELECT p.thing, t.uid, i.key, json_extract(p.said, '$.name.da'), t.withdrawn_on IS NOT NULL, p.dissolved_on IS NOT NULL, i.said
FROM place_import i JOIN place p ON p.thing = i.place JOIN thing t ON t.id = p.thing
WHERE i.source = :source
ORDER BY t.id;

-- name: every
SELECT t.uid, i.source, i.key, i.said FROM place_import i JOIN thing t ON t.id = i.place;

-- name: put
INSERT INTO place_import (place, source, key, said) VALUES (:place, :source, :key, :said)
ON CONFLICT (place) DO UPDATE SET source = excluded.source, key = excluded.key, said = excluded.said;

-- name: routes
SELECT t.uid, t.slug, json_extract(r.name, '$.da') FROM thing t JOIN route r ON r.thing = t.id WHERE t.withdrawn_on IS NULL;

-- name: columns
SELECT source, heading, read_as FROM table_column WHERE heading NOT IN ('--crs', '--lat-lon') ORDER BY source, heading;

-- name: placed
SELECT source, heading, read_as FROM table_column WHERE heading IN ('--crs', '--lat-lon') ORDER BY source, heading;

-- name: put_column
INSERT INTO table_column (source, heading, read_as) VALUES (:source, :heading, :read_as)
ON CONFLICT (source, heading) DO UPDATE SET read_as = excluded.read_as;
