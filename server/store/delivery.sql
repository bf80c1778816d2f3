-- name: message
INSERT OR IGNORE INTO message (about, what, revision, text, open, urgency, useful_until)
VALUES (:about, :what, :revision, :text, :open, :urgency, :useful_until);

-- name: message_of
SELECT id FROM message WHERE about = :about AND what = :what AND revision = :revision;

-- name: deliver
INSERT OR IGNORE INTO delivery (message, device, not_before)
SELECT :message, p.device, :not_before FROM json_each(:devices) d JOIN push p ON p.device = d.value;

-- name: stop
UPDATE delivery SET state = 'stopped'
WHERE state = 'waiting' AND message IN (
  SELECT id FROM message WHERE about = :about AND revision < :before AND what IN ('evening', 'transport', 'hour', 'changed')
);

-- name: late
UPDATE delivery SET state = 'late' WHERE state = 'waiting';

-- name: forget
DELETE FROM message WHERE useful_until < :before;

-- name: stop_for
UPDATE delivery SET state = 'stopped'
WHERE device = :device AND state = 'waiting' AND message IN (
  SELECT id FROM message WHERE about >= :first AND about < :last AND what IN ('evening', 'transport', 'hour', 'changed')
);
