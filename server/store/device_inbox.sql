-- name: seen
SELECT sha256, json_set(reply, '$.again', json('true')) FROM inbox_device WHERE id = :id;

-- name: keep
INSERT INTO inbox_device (id, sha256, reply, "on") VALUES (:id, :sha256, :reply, :on);

-- name: thin
UPDATE inbox_device SET reply = json_remove(reply, '$.result', '$.detail')
WHERE "on" < :before AND (json_type(reply, '$.result') IS NOT NULL OR json_type(reply, '$.detail') IS NOT NULL);

-- name: thin_met
UPDATE inbox_device SET reply = json_remove(reply, '$.result')
WHERE json_extract(reply, '$.result.met.day') < :before;

-- name: count
SELECT count(*) FROM inbox_device;

-- name: is_there
SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'inbox_device';
