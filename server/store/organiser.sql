-- name: many
SELECT t.id, t.uid, t.slug, t.withdrawn_on, o.name, o.url, o.at_once, o.notes, o.changed_at, o.changed_by
FROM thing t JOIN organiser o ON o.thing = t.id
WHERE t.kind = 'organiser' AND t.uid IN (SELECT value FROM json_each(:uids))
ORDER BY t.id;

-- name: put
INSERT INTO organiser (thing, name, url, at_once, notes, changed_at, changed_by)
VALUES (:thing, :name, :url, :at_once, :notes, :changed_at, :changed_by)
ON CONFLICT (thing) DO UPDATE SET name = excluded.name, url = excluded.url, at_once = excluded.at_once, notes = excluded.notes,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: of_person
SELECT t.uid FROM person p JOIN thing t ON t.id = p.organiser WHERE p.uid = :person AND t.withdrawn_on IS NULL;

-- name: give_person
UPDATE person SET organiser = (SELECT id FROM thing WHERE kind = 'organiser' AND uid = :organiser) WHERE uid = :person;

-- name: people
SELECT p.uid FROM person p JOIN thing t ON t.id = p.organiser
WHERE t.kind = 'organiser' AND t.uid = :organiser AND p.ended_on IS NULL ORDER BY p.id;
