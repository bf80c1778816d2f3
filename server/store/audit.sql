-- name: add
INSERT INTO audit (at, who, verb, kind, id, fields, op) VALUES (:at, :who, :verb, :kind, :id, :fields, :op);

-- name: thin
DELETE FROM audit WHERE at < :before;

-- name: page
SELECT a.seq, a.at, a.who, p.name, a.verb, a.kind, a.id, a.fields
FROM audit a LEFT JOIN person p ON p.uid = a.who
WHERE a.seq < :before AND (:who IS NULL OR a.who = :who) AND (:kind IS NULL OR a.kind = :kind) AND (:id IS NULL OR a.id = :id)
ORDER BY a.seq DESC LIMIT :most;

-- name: page_by
SELECT a.seq, a.at, a.who, p.name, a.verb, a.kind, a.id, a.fields
FROM audit a LEFT JOIN person p ON p.uid = a.who
WHERE a.who = :who AND a.seq < :before AND (:kind IS NULL OR a.kind = :kind) AND (:id IS NULL OR a.id = :id)
ORDER BY a.seq DESC LIMIT :most;

-- name: page_about
SELECT a.seq, a.at, a.who, p.name, a.verb, a.kind, a.id, a.fields
FROM audit a LEFT JOIN person p ON p.uid = a.who
WHERE a.kind = :kind AND a.id = :id AND a.seq < :before AND (:who IS NULL OR a.who = :who)
ORDER BY a.seq DESC LIMIT :most;

-- name: names
WITH asked (uid) AS (SELECT value FROM json_each(:uids)), told (uid, thing) AS (
  SELECT t.uid, t.id FROM asked JOIN thing t ON t.kind IN ('place', 'facility', 'route', 'organiser', 'event') AND t.uid = asked.uid
  UNION ALL
  SELECT f.uid, f.subject FROM asked JOIN fault f ON f.uid = asked.uid
)
SELECT told.uid,
  coalesce(json_extract(p.said, '$.name.da'), json_extract(f.name, '$.da'), f.type_text, json_extract(r.name, '$.da'),
    json_extract(e.said, '$.name.da'), o.name)
FROM told LEFT JOIN place p ON p.thing = told.thing LEFT JOIN facility f ON f.thing = told.thing LEFT JOIN route r ON r.thing = told.thing
  LEFT JOIN event e ON e.thing = told.thing LEFT JOIN organiser o ON o.thing = told.thing
UNION ALL
SELECT person.uid, person.name FROM asked JOIN person ON person.uid = asked.uid;

-- name: people
SELECT uid, name FROM person ORDER BY name COLLATE NOCASE, id;
