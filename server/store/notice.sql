-- name: add
INSERT INTO notice (uid, to_kind, to_id, title, body, state, at, by)
VALUES (:uid, :kind, :id, :title, :body, 'scheduled', :at, :by);

-- name: find
SELECT id, uid, to_kind, to_id, title, body, state, at, by, message, devices, reached, result FROM notice WHERE uid = :uid;

-- name: due
SELECT id, uid, to_kind, to_id, title, body, state, at, by, message, devices, reached, result FROM notice
WHERE state = 'scheduled' AND at <= :now ORDER BY at, id;

-- name: next_at
SELECT min(at) FROM notice WHERE state = 'scheduled';

-- name: unfinished
SELECT id, uid, to_kind, to_id, title, body, state, at, by, message, devices, reached, result FROM notice
WHERE result IS NULL AND state IN ('sending', 'stopped') ORDER BY at, id;

-- name: bodies
SELECT id, uid, to_kind, to_id, title, body, state, at, by, message, devices, reached, result FROM notice
WHERE uid IN (SELECT value FROM json_each(:uids)) ORDER BY id;

-- name: all_ids
SELECT uid FROM notice ORDER BY id;

-- name: followers
SELECT DISTINCT device FROM follow
WHERE :kind = 'all' OR kind = 'settings' OR (kind = :kind AND id = :id AND (only = '' OR only >= :today))
ORDER BY device;

-- name: reached
SELECT count(*) FROM push WHERE device IN (SELECT value FROM json_each(:devices));

-- name: around
SELECT at FROM notice
WHERE at > :after AND at < :before AND (state IN ('scheduled', 'sending', 'sent') OR message IS NOT NULL)
  AND (:kind = 'all' OR to_kind = 'all' OR (to_kind = :kind AND to_id = :id))
ORDER BY at DESC LIMIT 1;

-- name: last
SELECT at FROM notice
WHERE at <= :now AND message IS NOT NULL AND (:kind = 'all' OR to_kind = 'all' OR (to_kind = :kind AND to_id = :id))
ORDER BY at DESC LIMIT 1;

-- name: move
UPDATE notice SET at = :at WHERE id = :row;

-- name: begin
UPDATE notice SET state = 'sending', message = :message, devices = :devices, reached = :reached WHERE id = :row;

-- name: set_state
UPDATE notice SET state = :state WHERE id = :row;

-- name: finish
UPDATE notice SET state = :state, reached = :reached, result = :result WHERE id = :row;

-- name: stop_waiting
UPDATE delivery SET state = 'stopped' WHERE message = :message AND state = 'waiting';

-- name: on_its_way
SELECT EXISTS (SELECT 1 FROM delivery WHERE message = :message AND lease_until > :now);

-- name: progress
SELECT state, count(*) FROM delivery WHERE message = :message GROUP BY state;

-- name: forget_deliveries
DELETE FROM delivery WHERE message = :message;

-- name: old
SELECT uid, message FROM notice WHERE at < :before AND (result IS NOT NULL OR state = 'stopped') ORDER BY id;

-- name: forget
DELETE FROM notice WHERE uid = :uid;

-- name: forget_message
DELETE FROM message WHERE id = :message;

-- name: coming
SELECT min(at) FROM notice
WHERE state = 'scheduled' AND (:kind = 'all' OR to_kind = 'all' OR (to_kind = :kind AND to_id = :id));
