-- name: of_event
SELECT occurrence, what, revision, due_at, useful_until, done FROM reminder
WHERE occurrence >= :first AND occurrence < :last ORDER BY occurrence, what, revision;

-- name: put
INSERT INTO reminder (occurrence, what, revision, due_at, useful_until, done)
VALUES (:occurrence, :what, :revision, :due_at, :useful_until, :done)
ON CONFLICT (occurrence, what, revision) DO UPDATE SET due_at = excluded.due_at, useful_until = excluded.useful_until;

-- name: drop
DELETE FROM reminder WHERE occurrence = :occurrence AND what = :what AND revision = :revision;

-- name: settle
UPDATE reminder SET done = :done WHERE occurrence = :occurrence AND what = :what AND revision = :revision AND done IS NULL;

-- name: due
SELECT occurrence, what, revision, due_at, useful_until, done FROM reminder
WHERE done IS NULL AND due_at <= :now ORDER BY due_at, occurrence LIMIT :most;

-- name: due_of
SELECT occurrence, what, revision, due_at, useful_until, done FROM reminder
WHERE occurrence >= :first AND occurrence < :last AND done IS NULL AND due_at <= :now ORDER BY occurrence, what, revision;

-- name: next_at
SELECT min(due_at) FROM reminder WHERE done IS NULL;

-- name: skip_due
UPDATE reminder SET done = 'skipped' WHERE done IS NULL AND due_at <= :now;

-- name: forget
DELETE FROM reminder WHERE useful_until < :before;
