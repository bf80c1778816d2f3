-- name: columns
SELECT c.id, c.name, c.url, o.uid, p.uid, c.by_staff, c.saved_by, c.saved_at, c.sha256, c.etag, c.last_modified, c.checked_at, c.due_at,
  c.tries, c.failed_since, c.failed, c.told, c.ended_on
FROM calendar c LEFT JOIN thing o ON o.id = c.organiser LEFT JOIN thing p ON p.id = c.place
WHERE c.id = :id;

-- name: every
SELECT c.id FROM calendar c WHERE c.ended_on IS NULL ORDER BY c.name, c.id;

-- name: of_organiser
SELECT c.id FROM calendar c JOIN thing o ON o.id = c.organiser WHERE o.uid = :organiser AND c.ended_on IS NULL ORDER BY c.name, c.id;

-- name: due
SELECT c.id FROM calendar c WHERE c.ended_on IS NULL AND c.due_at IS NOT NULL AND c.due_at <= :now ORDER BY c.due_at, c.id;

-- name: next_due
SELECT min(c.due_at) FROM calendar c WHERE c.ended_on IS NULL;

-- name: count
SELECT count(*) FROM calendar c WHERE c.ended_on IS NULL;

-- name: put
INSERT INTO calendar (id, name, url, organiser, place, by_staff, saved_by, saved_at, sha256, etag, last_modified, checked_at, due_at, tries,
  failed_since, failed, told, ended_on)
VALUES (:id, :name, :url, :organiser, :place, :by_staff, :saved_by, :saved_at, :sha256, :etag, :last_modified, :checked_at, :due_at, :tries,
  :failed_since, :failed, :told, :ended_on)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, organiser = excluded.organiser, place = excluded.place,
  by_staff = excluded.by_staff, saved_by = excluded.saved_by, saved_at = excluded.saved_at, sha256 = excluded.sha256, etag = excluded.etag,
  last_modified = excluded.last_modified, checked_at = excluded.checked_at, due_at = excluded.due_at, tries = excluded.tries,
  failed_since = excluded.failed_since, failed = excluded.failed, told = excluded.told, ended_on = excluded.ended_on;

-- name: hashes
SELECT uid, hash, gone FROM calendar_said WHERE calendar = :calendar;

-- name: said
SELECT said FROM calendar_said WHERE calendar = :calendar AND uid = :uid;

-- name: put_said
INSERT INTO calendar_said (calendar, uid, hash, said, gone) VALUES (:calendar, :uid, :hash, :said, 0)
ON CONFLICT (calendar, uid) DO UPDATE SET hash = excluded.hash, said = excluded.said, gone = 0;

-- name: put_gone
UPDATE calendar_said SET gone = 1, hash = '' WHERE calendar = :calendar AND uid = :uid;

-- name: places
SELECT t.uid, json_extract(p.said, '$.name.da') FROM thing t JOIN place p ON p.thing = t.id
WHERE t.withdrawn_on IS NULL AND p.state IN ('active', 'resting') ORDER BY t.id;

-- name: revisions
SELECT id, revision FROM occurrence WHERE revision > 0;

-- name: changed
SELECT t.uid, e.changed_at FROM event e JOIN thing t ON t.id = e.thing WHERE t.withdrawn_on IS NULL;
