-- name: put
INSERT INTO blob (sha256, kind, bytes, w, h, orphan_since) VALUES (:sha256, :kind, :bytes, :w, :h, :now)
ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes, orphan_since = iif(orphan_since IS NULL, NULL, excluded.orphan_since);

-- name: pictures
SELECT sha256, w, h FROM blob WHERE kind = 'picture' AND sha256 IN (SELECT value FROM json_each(:names));

-- name: kinds
SELECT sha256, kind FROM blob WHERE sha256 IN (SELECT value FROM json_each(:names));

-- name: keep
UPDATE blob SET orphan_since = NULL WHERE sha256 IN (SELECT value FROM json_each(:names));

-- name: orphan_bytes
SELECT coalesce(sum(bytes), 0) FROM blob WHERE orphan_since IS NOT NULL AND kind = :kind;

-- name: named
SELECT json_extract(photo.value, '$.sha256') FROM place p, json_each(p.said, '$.photos') photo
UNION
SELECT photo.value FROM fault f, json_each(f.photos) photo
UNION
SELECT json_extract(photo.value, '$.sha256') FROM history h, json_each(CAST(h.body AS TEXT), '$.photos') photo
WHERE instr(CAST(h.body AS TEXT), '"photos":[{') > 0;

-- name: shown
SELECT json_extract(photo.value, '$.sha256')
FROM place p JOIN thing t ON t.id = p.thing, json_each(p.said, '$.photos') photo
WHERE p.state IN ('active', 'resting') AND t.withdrawn_on IS NULL
UNION
SELECT photo.value
FROM fault f JOIN thing t ON t.id = f.subject JOIN fault_note n ON n.subject = f.subject AND n.what = f.what
  LEFT JOIN place p ON p.thing = t.id LEFT JOIN facility c ON c.thing = t.id LEFT JOIN route r ON r.thing = t.id,
  json_each(f.shown_photos) photo
WHERE t.withdrawn_on IS NULL AND f.state <> 'closed' AND f.since >= n.since
  AND coalesce(p.state IN ('active', 'resting'), c.public, r.public) = 1;

-- name: of_reports
SELECT photo.value FROM fault f, json_each(f.shown_photos) photo WHERE f.subject = :row;

-- name: lost
UPDATE blob SET orphan_since = :now WHERE orphan_since IS NULL AND sha256 NOT IN (SELECT value FROM json_each(:named));

-- name: drop
DELETE FROM blob WHERE orphan_since <= :before;

-- name: all
SELECT sha256 FROM blob;
