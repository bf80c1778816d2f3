-- name: event
SELECT json_extract(e.said, '$.name.da'), e.was_public OR e.state IN ('proposed', 'public', 'cancelled'), t.withdrawn_on
FROM event e JOIN thing t ON t.id = e.thing
WHERE t.kind = 'event' AND t.uid = :id;

-- name: organiser
SELECT o.name, 1, t.withdrawn_on FROM organiser o JOIN thing t ON t.id = o.thing WHERE t.kind = 'organiser' AND t.uid = :id;

-- name: keep
INSERT INTO follow (device, kind, id, only, whens, since) VALUES (:device, :kind, :id, :only, :whens, :since)
ON CONFLICT (device, kind, id) DO UPDATE SET only = excluded.only, whens = excluded.whens;

-- name: drop
DELETE FROM follow WHERE device = :device AND kind = :kind AND id = :id;

-- name: one
SELECT kind, id, only, whens, since FROM follow WHERE device = :device AND kind = :kind AND id = :id;

-- name: count
SELECT count(*) FROM follow WHERE device = :device;

-- name: of_device
SELECT kind, id, only, whens, since FROM follow WHERE device = :device ORDER BY kind, id;

-- name: skip
INSERT OR IGNORE INTO skipped (device, event, day) VALUES (:device, :event, :day);

-- name: take_back
DELETE FROM skipped WHERE device = :device AND event = :event AND day = :day;

-- name: skips_count
SELECT count(*) FROM skipped WHERE device = :device;

-- name: skips
SELECT event, day FROM skipped WHERE device = :device ORDER BY day, event;

-- name: forget_skips
DELETE FROM skipped WHERE day < :before;

-- name: followers
SELECT DISTINCT f.device
FROM json_each(:subjects) s JOIN follow f ON f.kind = json_extract(s.value, '$[0]') AND f.id = json_extract(s.value, '$[1]')
WHERE f.only IN ('', :day)
  AND (:what IS NULL OR EXISTS (SELECT 1 FROM json_each(f.whens) WHERE value = :what))
  AND NOT EXISTS (
    SELECT 1 FROM skipped k WHERE k.device = f.device AND k.event IN (SELECT value FROM json_each(:events)) AND k.day = :day
  )
ORDER BY f.device;

-- name: to_be_met
SELECT DISTINCT device FROM met WHERE event IN (SELECT value FROM json_each(:events)) AND day = :day ORDER BY device;
