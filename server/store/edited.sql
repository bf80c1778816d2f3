-- name: of
SELECT thing, field, register FROM edited WHERE thing IN (SELECT value FROM json_each(:things)) ORDER BY thing, field;

-- name: put
INSERT INTO edited (thing, field, register) VALUES (:thing, :field, :register)
ON CONFLICT (thing, field) DO UPDATE SET register = excluded.register;

-- name: drop
DELETE FROM edited WHERE thing = :thing AND field = :field;

-- name: marked
SELECT t.uid, e.field, e.register FROM edited e JOIN thing t ON t.id = e.thing WHERE t.kind = :kind ORDER BY e.thing, e.field;
