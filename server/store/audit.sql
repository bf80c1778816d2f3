-- name: add
INSERT INTO audit (at, who, verb, kind, id, fields, op) VALUES (:at, :who, :verb, :kind, :id, :fields, :op);

-- name: thin
DELETE FROM audit WHERE at < :before;

-- name: page
SELECT a.seq, a.at, a.who, p.name, a.verb, a.kind, a.id, a.fields
FROM audit a LEFT JOIN person p ON p.uid = a.who
WHERE (:before IS NULL OR a.seq < :before) AND (:who IS NULL OR a.who = :who)
  AND (:kind IS NULL OR a.kind = :kind) AND (:id IS NULL OR a.id = :id)
ORDER BY a.seq DESC LIMIT :most;

-- name: names
SELECT t.uid, COALESCE(json_extract(pl.said, '$.name.da'), json_extract(f.name, '$.da'), f.type_text, json_extract(r.name, '$.da'))
FROM thing t LEFT JOIN place pl ON pl.thing = t.id LEFT JOIN facility f ON f.thing = t.id LEFT JOIN route r ON r.thing = t.id
WHERE t.uid IN (SELECT value FROM json_each(:uids))
UNION ALL
SELECT uid, name FROM person WHERE uid IN (SELECT value FROM json_each(:uids));

-- name: people
SELECT uid, name FROM person ORDER BY name COLLATE NOCASE, id;
