-- name: free
UPDATE delivery SET lease_until = NULL WHERE state = 'waiting' AND lease_until IS NOT NULL;

-- name: due_messages
SELECT m.id FROM message m
WHERE m.useful_until > :now
  AND EXISTS (SELECT 1 FROM delivery d INDEXED BY delivery_of_message WHERE d.message = m.id AND d.state = 'waiting' AND d.not_before <= :now)
ORDER BY m.urgency = 'high' DESC, m.useful_until, m.id;

-- name: take
UPDATE delivery SET lease_until = :lease_until WHERE id IN (
  SELECT d.id FROM delivery d JOIN push p ON p.device = d.device
  WHERE d.message = :message AND d.state = 'waiting' AND d.not_before <= :now
    AND (d.lease_until IS NULL OR d.lease_until <= :now OR d.lease_until > :lease_until)
    AND p.origin NOT IN (SELECT value FROM json_each(:closed))
  LIMIT :most
) RETURNING id;

-- name: parcels
SELECT d.id, d.device, d.tries, p.endpoint, p.origin, p.p256dh, p.auth, p.vapid, p.lang,
  m.id, m.about, m.what, m.revision, m.text, m.open, m.urgency, m.useful_until
FROM json_each(:ids) j JOIN delivery d ON d.id = j.value JOIN message m ON m.id = d.message JOIN push p ON p.device = d.device
ORDER BY m.urgency = 'high' DESC, m.useful_until, d.id;

-- name: wanted
SELECT d.id FROM json_each(:ids) j JOIN delivery d ON d.id = j.value WHERE d.state = 'waiting';

-- name: is_due
SELECT EXISTS (
  SELECT 1 FROM message m JOIN delivery d ON d.message = m.id JOIN push p ON p.device = d.device
  WHERE m.useful_until > :now AND d.state = 'waiting' AND d.not_before <= :now
    AND (d.lease_until IS NULL OR d.lease_until <= :now OR d.lease_until > :farthest)
    AND p.origin NOT IN (SELECT value FROM json_each(:closed))
);

-- name: next_at
SELECT MIN(MAX(d.not_before, COALESCE(d.lease_until, '')))
FROM delivery d JOIN message m ON m.id = d.message JOIN push p ON p.device = d.device
WHERE d.state = 'waiting' AND m.useful_until > :now AND p.origin NOT IN (SELECT value FROM json_each(:closed));

-- name: is_over
SELECT EXISTS (
  SELECT 1 FROM message m WHERE m.useful_until <= :now
    AND EXISTS (SELECT 1 FROM delivery d INDEXED BY delivery_of_message WHERE d.message = m.id AND d.state = 'waiting')
) OR EXISTS (
  SELECT 1 FROM message m JOIN occurrence o ON o.id = m.about
  WHERE m.what IN ('evening', 'transport', 'hour', 'changed') AND m.revision < o.revision
    AND EXISTS (SELECT 1 FROM delivery d INDEXED BY delivery_of_message WHERE d.message = m.id AND d.state = 'waiting')
);

-- name: overtaken
UPDATE delivery INDEXED BY delivery_of_message SET state = 'stopped', lease_until = NULL WHERE state = 'waiting' AND message IN (
  SELECT m.id FROM message m JOIN occurrence o ON o.id = m.about
  WHERE m.what IN ('evening', 'transport', 'hour', 'changed') AND m.revision < o.revision
) RETURNING message;

-- name: late
UPDATE delivery INDEXED BY delivery_of_message SET state = CASE WHEN device IN (SELECT device FROM push) THEN 'late' ELSE 'gone' END, lease_until = NULL
WHERE state = 'waiting' AND message IN (SELECT id FROM message WHERE useful_until <= :now)
RETURNING message;

-- name: held
UPDATE delivery SET not_before = :until, lease_until = NULL
WHERE state = 'waiting' AND not_before < :until AND message IN (
  SELECT id FROM message WHERE what NOT IN ('changed', 'met', 'decided') OR useful_until > :kept
);

-- name: is_held
SELECT EXISTS (
  SELECT 1 FROM delivery d JOIN message m ON m.id = d.message
  WHERE d.state = 'waiting' AND d.not_before < :until AND (m.what NOT IN ('changed', 'met', 'decided') OR m.useful_until > :kept)
);

-- name: message
SELECT about, what, revision FROM message WHERE id = :message;

-- name: sent
UPDATE delivery SET state = 'sent', status = :status, lease_until = NULL WHERE id = :delivery;

-- name: well
DELETE FROM push_refused WHERE device = :device;

-- name: unreach
DELETE FROM push WHERE device = :device AND endpoint = :endpoint;

-- name: ended
UPDATE delivery SET state = :state, status = :status, lease_until = NULL WHERE id = :delivery AND state = 'waiting';

-- name: alarm
INSERT INTO push_refused (device, status, reason, since)
SELECT device, :status, :reason, :now FROM push WHERE device = :device AND endpoint = :endpoint
ON CONFLICT (device) DO UPDATE SET status = excluded.status, reason = excluded.reason;

-- name: wrong_key
UPDATE push SET vapid = '' WHERE device = :device AND endpoint = :endpoint;

-- name: again
UPDATE delivery SET not_before = MAX(not_before, :again_at), tries = tries + 1, status = :status, lease_until = NULL
WHERE id = :delivery AND state = 'waiting';

-- name: back
UPDATE delivery SET lease_until = NULL WHERE id = :delivery AND state = 'waiting';

-- name: reached_elsewhere
SELECT 1 FROM push WHERE device = :device AND endpoint <> :endpoint;
