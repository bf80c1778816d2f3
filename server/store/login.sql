-- name: passkeys
SELECT k.uid, k.credential, k.public_key, k.count, k.name, k.added_on, k.used_on
FROM passkey k JOIN person p ON p.id = k.person WHERE p.uid = :person ORDER BY k.added_on, k.uid;

-- name: add_passkey
INSERT INTO passkey (uid, person, credential, public_key, count, name, added_on)
SELECT :uid, id, :credential, :public_key, :count, :name, :on FROM person WHERE uid = :person;

-- name: passkey
SELECT k.uid, k.public_key, k.count, p.uid FROM passkey k JOIN person p ON p.id = k.person
WHERE k.credential = :credential AND p.ended_on IS NULL;

-- name: use_passkey
UPDATE passkey SET count = :count, used_on = :on WHERE uid = :uid;

-- name: drop_passkey
DELETE FROM passkey WHERE uid = :uid AND person = (SELECT id FROM person WHERE uid = :person) RETURNING uid;

-- name: drop_passkeys
DELETE FROM passkey WHERE person = (SELECT id FROM person WHERE uid = :person);

-- name: begin
INSERT INTO session (sha256, uid, person, device, begun_at, seen_at, proved_at, way)
SELECT :sha256, :uid, id, :device, :now, :now, :proved, :way FROM person WHERE uid = :person;

-- name: session
SELECT s.uid, p.uid, p.role, s.begun_at, s.seen_at, s.proved_at, s.way FROM session s JOIN person p ON p.id = s.person
WHERE s.sha256 = :sha256 AND p.ended_on IS NULL AND s.begun_at > :begun_after AND s.seen_at > :seen_after;

-- name: see
UPDATE session SET seen_at = :now WHERE sha256 = :sha256;

-- name: sessions
SELECT s.uid, s.sha256, s.device, s.begun_at, s.seen_at FROM session s JOIN person p ON p.id = s.person
WHERE p.uid = :person AND s.begun_at > :begun_after AND s.seen_at > :seen_after ORDER BY s.seen_at DESC, s.uid;

-- name: session_owner
SELECT p.uid FROM session s JOIN person p ON p.id = s.person WHERE s.uid = :uid;

-- name: drop_session
DELETE FROM session WHERE uid = :uid;

-- name: drop_session_of
DELETE FROM session WHERE sha256 = :sha256;

-- name: drop_sessions
DELETE FROM session WHERE person = (SELECT id FROM person WHERE uid = :person);

-- name: drop_sessions_of
DELETE FROM session WHERE person = (SELECT id FROM person WHERE uid = :person) AND way = :way;

-- name: sweep
DELETE FROM session WHERE begun_at <= :begun_after OR seen_at <= :seen_after;

-- name: known_as
SELECT p.uid FROM identity i JOIN person p ON p.id = i.person WHERE i.issuer = :issuer AND i.sub = :sub;

-- name: know
INSERT INTO identity (issuer, sub, person) SELECT :issuer, :sub, id FROM person WHERE uid = :person;

-- name: comes_by
SELECT 1 FROM identity i JOIN person p ON p.id = i.person WHERE p.uid = :person AND i.issuer = :issuer;
