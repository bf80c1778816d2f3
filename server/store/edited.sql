-- name: of
SELECT thing, field, register FROM edited WHERE thing IN (SELECT value FROM json_each(:things)) ORDER BY thing, field;

-- name: put
INSERT INTO edited (thing, field, register) VALUES (:thing, :field, :register)
ON CONFLICT (thing, field) DO UPDATE SET register = excluded.register;

-- name: drop
DELETE FROM edited WHERE thing = :thing AND field = :field;
