-- name: find
SELECT id FROM device WHERE sha256 = :sha256;

-- A row's number is drawn: counted up it would tell in which order phones came, and so which report one sent beside.
-- name: make
INSERT INTO device (id, sha256, seen_on) VALUES (random() & 0x1fffffffffffff, :sha256, :on) RETURNING id;

-- name: seen_on
SELECT 1 FROM device WHERE id = :row AND seen_on >= :on;

-- name: see
UPDATE device SET seen_on = :on WHERE id = :row AND seen_on < :on;

-- name: forget
DELETE FROM device WHERE id = :row;

-- name: forget_silent
DELETE FROM device WHERE seen_on < :since;

-- name: reached_there
SELECT device, auth FROM push WHERE endpoint = :endpoint AND device <> :row;

-- name: reach
INSERT INTO push (device, endpoint, p256dh, auth, vapid, lang)
VALUES (:row, :endpoint, :p256dh, :auth, :vapid, :lang)
ON CONFLICT (device) DO UPDATE SET
  endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth, vapid = excluded.vapid, lang = excluded.lang;

-- name: unreach
DELETE FROM push WHERE device = :row;

-- name: key_of
SELECT vapid FROM push WHERE device = :row;
