-- name: many
SELECT t.id, t.uid, t.slug, t.withdrawn_on, e.state, e.said, e.schedule, e.changes, p.uid, r.uid, o.uid, s.uid, e.why, e.notes, e.decided,
  e.was_public, e.calendar, e.uid, e.sequence, e.written_to, e.revisions, e.changed_at, e.changed_by
FROM thing t JOIN event e ON e.thing = t.id LEFT JOIN thing p ON p.id = e.place LEFT JOIN thing r ON r.id = e.route
  LEFT JOIN thing o ON o.id = e.organiser LEFT JOIN thing s ON s.id = e.split_from
WHERE t.kind = 'event' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY t.id;

-- name: put
INSERT INTO event (thing, state, said, schedule, changes, place, route, organiser, split_from, why, notes, decided, was_public, calendar,
  uid, sequence, written_to, revisions, changed_at, changed_by)
VALUES (:thing, :state, :said, :schedule, :changes, :place, :route, :organiser, :split_from, :why, :notes, :decided, :was_public, :calendar,
  :uid, :sequence, :written_to, :revisions, :changed_at, :changed_by)
ON CONFLICT (thing) DO UPDATE SET state = excluded.state, said = excluded.said, schedule = excluded.schedule, changes = excluded.changes,
  place = excluded.place, route = excluded.route, organiser = excluded.organiser, split_from = excluded.split_from, why = excluded.why,
  notes = excluded.notes, decided = excluded.decided, was_public = excluded.was_public, calendar = excluded.calendar, uid = excluded.uid,
  sequence = excluded.sequence, written_to = excluded.written_to, revisions = excluded.revisions, changed_at = excluded.changed_at,
  changed_by = excluded.changed_by;

-- name: on_place
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing JOIN thing p ON p.id = e.place
WHERE p.kind = 'place' AND p.uid = :place AND t.withdrawn_on IS NULL ORDER BY t.id;

-- name: on_route
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing JOIN thing r ON r.id = e.route
WHERE r.kind = 'route' AND r.uid = :route AND t.withdrawn_on IS NULL ORDER BY t.id;

-- name: of_organiser
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing JOIN thing o ON o.id = e.organiser
WHERE o.kind = 'organiser' AND o.uid = :organiser AND t.withdrawn_on IS NULL ORDER BY t.id;

-- name: of_calendar
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing WHERE e.calendar = :calendar AND e.uid = :uid;

-- name: skipping
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing
WHERE t.withdrawn_on IS NULL AND json_array_length(e.schedule, '$.skips') > 0 ORDER BY t.id;

-- A series that was split is the one before; perhaps that was split off another one.
-- name: ancestors
WITH RECURSIVE before (id, n) AS (
  SELECT e.split_from, 1 FROM event e JOIN thing t ON t.id = e.thing WHERE t.kind = 'event' AND t.uid = :uid
  UNION ALL
  SELECT e.split_from, b.n + 1 FROM before b JOIN event e ON e.thing = b.id WHERE b.n < 100
)
SELECT t.uid FROM before b JOIN thing t ON t.id = b.id ORDER BY b.n;

-- name: split_off
WITH RECURSIVE after (id, n) AS (
  SELECT t.id, 0 FROM thing t WHERE t.kind = 'event' AND t.uid = :uid
  UNION ALL
  SELECT e.thing, a.n + 1 FROM after a JOIN event e ON e.split_from = a.id WHERE a.n < 100
)
SELECT t.uid FROM after a JOIN thing t ON t.id = a.id WHERE a.n > 0 ORDER BY a.n;

-- name: behind
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing
WHERE e.schedule IS NOT NULL AND t.withdrawn_on IS NULL AND coalesce(e.written_to, '') <= :before ORDER BY t.id LIMIT :most;

-- A time that is over for as long, and still stands where all can read it.
-- name: over
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing JOIN feed f ON f.scope = 'public' AND f.kind = 'event' AND f.id = t.uid
WHERE f.body IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM occurrence o WHERE o.event = e.thing AND (o.date >= :oldest OR substr(o.end_at, 1, 10) >= :day_before)
)
ORDER BY t.id LIMIT :most;
