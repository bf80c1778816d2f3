-- name: seen
SELECT sha256, json_set(reply, '$.again', json('true')) FROM inbox WHERE id = :id;

-- name: keep
INSERT INTO inbox (id, sha256, reply) VALUES (:id, :sha256, :reply);

-- There is no time of arrival; a UUIDv7 tells by itself when the phone made it. Ids of other versions keep their reply whole.
-- name: thin
UPDATE inbox SET reply = json_remove(reply, '$.result', '$.detail', '$.conflicts')
WHERE id < :before AND substr(id, 15, 1) = '7'
  AND (json_type(reply, '$.result') IS NOT NULL OR json_type(reply, '$.detail') IS NOT NULL
    OR json_type(reply, '$.conflicts') IS NOT NULL);

-- name: count
SELECT count(*) FROM inbox;
