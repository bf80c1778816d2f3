-- name: add
INSERT INTO fault (uid, subject, what, since, state, text, photos, reported_by)
VALUES (:uid, :subject, :what, :since, 'reported', :text, :photos, :reported_by);

-- name: note_of
SELECT state, fixed_on FROM fault_note WHERE subject = :subject AND what = :what;

-- name: begin_note
INSERT INTO fault_note (subject, what, since, state, fixed_on) VALUES (:subject, :what, :since, 'reported', NULL)
ON CONFLICT (subject, what) DO UPDATE SET since = excluded.since, state = 'reported', fixed_on = NULL, answer = NULL, closed = 0;

-- name: reopen_note
UPDATE fault_note SET state = 'reported', fixed_on = NULL, answer = NULL, closed = 0 WHERE subject = :subject AND what = :what;

-- name: set_note
INSERT INTO fault_note (subject, what, since, state, fixed_on, answer, closed)
VALUES (:subject, :what, :since, :state, :fixed_on, :answer, :closed)
ON CONFLICT (subject, what) DO UPDATE SET state = excluded.state, fixed_on = excluded.fixed_on,
  answer = coalesce(excluded.answer, answer), closed = excluded.closed;

-- name: drop_note
DELETE FROM fault_note WHERE subject = :subject AND what = :what;

-- name: report
SELECT id, subject, what, since, photos FROM fault WHERE uid = :uid;

-- name: set_reports
UPDATE fault SET state = :state, taken_by = coalesce(:taken_by, taken_by), answer = coalesce(:answer, answer)
WHERE subject = :subject AND what = :what AND state NOT IN ('fixed', 'closed')
RETURNING uid;

-- name: set_report
UPDATE fault SET state = :state, taken_by = coalesce(:taken_by, taken_by), answer = coalesce(:answer, answer) WHERE id = :id;

-- name: show
UPDATE fault SET shown_words = :words, shown_photos = :photos WHERE id = :id;

-- name: open_reports
SELECT count(*) FROM fault WHERE subject = :subject AND what = :what AND state IN ('reported', 'taken');

-- name: notes
SELECT subject, what, since, state, fixed_on, answer, closed FROM fault_note
WHERE subject IN (SELECT value FROM json_each(:rows))
ORDER BY subject, since, what;

-- name: shown
SELECT f.subject, f.what, iif(f.shown_words, f.text, ''), f.shown_photos
FROM fault f JOIN fault_note n ON n.subject = f.subject AND n.what = f.what
WHERE f.subject IN (SELECT value FROM json_each(:rows)) AND f.since >= n.since AND f.state <> 'closed'
  AND (f.shown_words = 1 OR f.shown_photos <> '[]')
ORDER BY f.id;

-- name: over
SELECT t.kind, t.uid, n.subject, n.what FROM fault_note n JOIN thing t ON t.id = n.subject WHERE n.fixed_on <= :before;

-- name: bodies
SELECT f.uid, t.kind, t.uid, f.what, f.since, f.state, f.text, f.photos, f.reported_by, f.taken_by, f.answer, f.shown_words, f.shown_photos
FROM fault f JOIN thing t ON t.id = f.subject
WHERE f.uid IN (SELECT value FROM json_each(:uids))
ORDER BY f.id;

-- name: all_ids
SELECT uid FROM fault ORDER BY id;
