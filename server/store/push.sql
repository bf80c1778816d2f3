-- name: close
INSERT INTO push_closed (origin, since, until, failures, why) VALUES (:origin, :since, :until, :failures, :why)
ON CONFLICT (origin) DO UPDATE SET until = excluded.until, failures = excluded.failures, why = excluded.why;

-- name: open
DELETE FROM push_closed WHERE origin = :origin;

-- name: closed
SELECT c.origin, c.since, c.until, c.failures, c.why, (SELECT COUNT(*) FROM push p WHERE p.origin = c.origin) AS phones FROM push_closed c
WHERE phones > 0 ORDER BY c.origin;

-- name: has_empty
SELECT EXISTS (SELECT 1 FROM push_closed WHERE origin NOT IN (SELECT origin FROM push));

-- name: forget_empty
DELETE FROM push_closed WHERE origin NOT IN (SELECT origin FROM push);

-- name: alarms
SELECT p.origin, r.status, r.reason,
  CASE WHEN r.status IN (401, 403) AND p.origin IN (SELECT origin FROM push_closed)
    THEN (SELECT COUNT(*) FROM push q WHERE q.origin = p.origin) ELSE COUNT(*) END,
  MIN(r.since)
FROM push_refused r JOIN push p ON p.device = r.device
GROUP BY p.origin, r.status, r.reason ORDER BY p.origin, r.status, r.reason;

-- name: reached
SELECT COUNT(*) FROM push;

-- name: keys
SELECT vapid, COUNT(*) FROM push GROUP BY vapid;

-- name: queue
SELECT COUNT(*), COALESCE(SUM(d.not_before <= :now), 0), MIN(CASE WHEN d.not_before <= :now THEN d.not_before END)
FROM delivery d JOIN push p ON p.device = d.device WHERE d.state = 'waiting';

-- name: results
SELECT state, COUNT(*) FROM delivery WHERE message IN (SELECT id FROM message WHERE useful_until >= :since) GROUP BY state;

-- name: jobs
SELECT name, due_at, lease_until, tries FROM job ORDER BY name;
