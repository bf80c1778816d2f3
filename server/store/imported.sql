-- name: note
INSERT INTO import (at, by, name, source, blob, told) VALUES (:at, :by, :name, :source, :blob, :told);

-- name: latest
SELECT i.at, i.by, p.name, i.name, i.source, i.blob, i.told
FROM import i LEFT JOIN person p ON p.uid = i.by
ORDER BY i.id DESC LIMIT :most;

-- name: newest
SELECT coalesce(max(id), 0) FROM import;

-- name: kept
SELECT t.uid FROM kept_gone k JOIN thing t ON t.id = k.thing;

-- name: keep
INSERT INTO kept_gone (thing) SELECT t.id FROM thing t WHERE t.kind = :kind AND t.uid = :uid ON CONFLICT DO NOTHING;

-- name: back
DELETE FROM kept_gone WHERE thing IN (SELECT t.id FROM thing t WHERE t.uid IN (SELECT value FROM json_each(:uids)));

-- name: last
SELECT blob, max(id) FROM import WHERE blob IN (SELECT value FROM json_each(:blobs)) GROUP BY blob;
