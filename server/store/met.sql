-- name: ask
INSERT INTO met (device, event, day) VALUES (:device, :event, :day) ON CONFLICT DO NOTHING;

-- name: take_back
DELETE FROM met WHERE device = :device AND event = :event AND day = :day;

-- name: asks
SELECT 1 FROM met WHERE device = :device AND event = :event AND day = :day;

-- name: of_device
SELECT m.event, m.day, a.answer, a.answered_at
FROM met m LEFT JOIN met_answer a ON a.event = m.event AND a.day = m.day
WHERE m.device = :device ORDER BY m.day, m.event;

-- name: who_asked
SELECT device FROM met WHERE event = :event AND day = :day ORDER BY device;

-- name: answer_of
SELECT answer, answered_at, revision FROM met_answer WHERE event = :event AND day = :day;

-- name: answer
INSERT INTO met_answer (event, day, answer, answered_at, revision) VALUES (:event, :day, :answer, :at, 1)
ON CONFLICT (event, day) DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at, revision = revision + 1
RETURNING revision;

-- name: stop_earlier
UPDATE delivery SET state = 'stopped' WHERE state = 'waiting' AND message IN (
  SELECT id FROM message WHERE about = :about AND what = 'met' AND revision < :revision
);

-- name: stop_for
UPDATE delivery SET state = 'stopped' WHERE state = 'waiting' AND device = :device AND message IN (
  SELECT id FROM message WHERE about = :about AND what = 'met'
);

-- name: numbers
SELECT event, day, sum(n), max(answer), max(answered_at) FROM (
  SELECT event, day, count(*) AS n, NULL AS answer, NULL AS answered_at FROM met GROUP BY event, day
  UNION ALL
  SELECT event, day, 0, answer, answered_at FROM met_answer
)
WHERE :every OR event IN (SELECT value FROM json_each(:events))
GROUP BY event, day ORDER BY day, event;

-- name: forget
DELETE FROM met WHERE CASE
  WHEN EXISTS (SELECT 1 FROM occurrence o WHERE o.id = met.event || '.' || replace(met.day, '-', ''))
  THEN (SELECT coalesce(o.end_at, o.start_at) FROM occurrence o WHERE o.id = met.event || '.' || replace(met.day, '-', '')) <= :before
  ELSE met.day < :day
END;

-- name: forget_answers
DELETE FROM met_answer WHERE CASE
  WHEN EXISTS (SELECT 1 FROM occurrence o WHERE o.id = met_answer.event || '.' || replace(met_answer.day, '-', ''))
  THEN (
    SELECT coalesce(o.end_at, o.start_at) FROM occurrence o WHERE o.id = met_answer.event || '.' || replace(met_answer.day, '-', '')
  ) <= :before
  ELSE met_answer.day < :day
END;
