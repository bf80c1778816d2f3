-- name: every
SELECT name, due_at, lease_until, tries FROM job ORDER BY name;

-- name: add
INSERT INTO job (name, due_at) VALUES (:name, :now);

-- name: drop
DELETE FROM job WHERE name = :name;

-- name: release
UPDATE job SET lease_until = NULL WHERE lease_until IS NOT NULL;

-- name: take
UPDATE job SET lease_until = :until
WHERE name = :name AND (lease_until IS NULL OR lease_until <= :now OR lease_until > :until)
RETURNING name;

-- name: done
UPDATE job SET due_at = :due_at, lease_until = NULL, tries = 0 WHERE name = :name;

-- name: failed
UPDATE job SET due_at = :due_at, lease_until = NULL, tries = tries + 1 WHERE name = :name;

-- name: ask
UPDATE job SET due_at = :now WHERE name = :name;
