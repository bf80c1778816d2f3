-- name: find
SELECT o.id, o.event, t.uid, o.day, o.date, o.start_at, o.end_at, o.revision, o.body
FROM occurrence o JOIN thing t ON t.id = o.event WHERE t.kind = 'event' AND t.uid = :uid AND o.day = :day;

-- name: between
SELECT o.id, o.event, t.uid, o.day, o.date, o.start_at, o.end_at, o.revision, o.body
FROM occurrence o JOIN thing t ON t.id = o.event WHERE o.start_at >= :start AND o.start_at < :end ORDER BY o.start_at, o.id;

-- name: of_events
SELECT o.id, o.event, t.uid, o.day, o.date, o.start_at, o.end_at, o.revision, o.body
FROM occurrence o JOIN thing t ON t.id = o.event WHERE o.event IN (SELECT value FROM json_each(:events)) ORDER BY o.start_at, o.id;

-- name: put
INSERT INTO occurrence (id, event, day, date, start_at, end_at, state, revision, body)
VALUES (:id, :event, :day, :date, :start_at, :end_at, :state, :revision, :body)
ON CONFLICT (id) DO UPDATE SET date = excluded.date, start_at = excluded.start_at, end_at = excluded.end_at, state = excluded.state,
  revision = excluded.revision, body = excluded.body;

-- name: drop
DELETE FROM occurrence WHERE id = :id;
