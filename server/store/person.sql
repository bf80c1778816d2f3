-- name: find
SELECT id, uid, name, role, since, ended_on FROM person WHERE uid = :uid;

-- name: make
INSERT INTO person (uid, name, role, since) VALUES (:uid, :name, :role, :since) RETURNING id;

-- name: rename
UPDATE person SET name = :name WHERE id = :id;

-- name: set_role
UPDATE person SET role = :role WHERE id = :id;

-- name: finish
UPDATE person SET ended_on = :on WHERE id = :id;

-- name: begin_again
UPDATE person SET ended_on = NULL WHERE id = :id;

-- name: able_admins
SELECT p.id FROM person p
WHERE p.role = 'admin' AND p.ended_on IS NULL AND (
  EXISTS (SELECT 1 FROM passkey k WHERE k.person = p.id)
  OR EXISTS (SELECT 1 FROM identity i WHERE i.person = p.id AND i.issuer = :issuer)
);

-- name: every
SELECT p.uid, p.name, p.role, p.since, p.ended_on, (SELECT COUNT(*) FROM passkey k WHERE k.person = p.id),
  EXISTS (SELECT 1 FROM identity o WHERE o.person = p.id AND o.issuer = :issuer),
  (SELECT MAX(i.ends_at) FROM invitation i WHERE i.person = p.id AND i.used_at IS NULL AND i.ends_at > :now),
  (SELECT MAX(i.asked_on) FROM invitation i WHERE i.person = p.id AND i.used_at IS NULL),
  (SELECT t.uid FROM thing t WHERE t.id = p.organiser)
FROM person p
ORDER BY p.ended_on IS NOT NULL, p.name COLLATE NOCASE, p.id;

-- name: invite
INSERT INTO invitation (sha256, person, made_at, ends_at, made_by, follows)
VALUES (:sha256, :person, :made_at, :ends_at, :made_by, :follows);

-- name: drop_invitations
DELETE FROM invitation WHERE person = :person AND used_at IS NULL;

-- name: invitation
SELECT p.uid, i.ends_at, i.used_at, f.uid FROM invitation i JOIN person p ON p.id = i.person LEFT JOIN person f ON f.id = i.follows
WHERE i.sha256 = :sha256;

-- name: followed
SELECT follows FROM invitation WHERE person = :person AND used_at IS NULL AND follows IS NOT NULL LIMIT 1;

-- name: following
SELECT p.id, p.uid, p.name, p.role, p.since, p.ended_on FROM invitation i JOIN person p ON p.id = i.person
WHERE i.follows = :person AND i.used_at IS NULL ORDER BY p.id;

-- name: use_invitation
UPDATE invitation SET used_at = :now WHERE sha256 = :sha256;

-- name: ask_again
UPDATE invitation SET asked_on = :on WHERE sha256 = :sha256 AND used_at IS NULL;
