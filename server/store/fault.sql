-- name: add
INSERT INTO fault (uid, subject, what, since, state, text, photos, reported_by)
VALUES (:uid, :subject, :what, :since, 'reported', :text, '[]', :reported_by);

-- name: note_of
SELECT state, fixed_on FROM fault_note WHERE subject = :subject AND what = :what;

-- name: begin_note
INSERT INTO fault_note (subject, what, since, state, fixed_on) VALUES (:subject, :what, :since, 'reported', NULL)
ON CONFLICT (subject, what) DO UPDATE SET since = excluded.since, state = 'reported', fixed_on = NULL;

-- name: reopen_note
UPDATE fault_note SET state = 'reported', fixed_on = NULL WHERE subject = :subject AND what = :what;

-- name: set_note
UPDATE fault_note SET state = :state, fixed_on = :fixed_on WHERE subject = :subject AND what = :what;

-- name: set_reports
UPDATE fault SET state = :state WHERE subject = :subject AND what = :what AND state <> 'fixed';

-- name: notes
SELECT subject, what, since, state, fixed_on FROM fault_note
WHERE subject IN (SELECT value FROM json_each(:rows))
ORDER BY subject, since, what;

-- name: bodies
SELECT f.uid, t.kind, t.uid, f.what, f.since, f.state, f.text, f.photos, f.reported_by, f.taken_by, f.answer
FROM fault f JOIN thing t ON t.id = f.subject
WHERE f.uid IN (SELECT value FROM json_each(:uids))
ORDER BY f.id;

-- name: all_ids
SELECT uid FROM fault ORDER BY id;
