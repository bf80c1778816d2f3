-- name: reports
SELECT uid FROM fault WHERE subject = :double ORDER BY id;

-- name: move_reports
UPDATE fault SET subject = :into WHERE subject = :double;

-- name: drop_mended
DELETE FROM fault_note
WHERE subject = :into AND state = 'fixed' AND what IN (SELECT what FROM fault_note WHERE subject = :double AND state <> 'fixed');

-- name: join_open
UPDATE fault_note SET since = min(fault_note.since, d.since),
  state = iif('reported' IN (fault_note.state, d.state), 'reported', fault_note.state)
FROM fault_note d
WHERE d.subject = :double AND fault_note.subject = :into AND fault_note.what = d.what AND 'fixed' NOT IN (fault_note.state, d.state);

-- name: move_notes
UPDATE OR IGNORE fault_note SET subject = :into WHERE subject = :double;

-- name: drop_notes
DELETE FROM fault_note WHERE subject = :double;

-- name: places_with
SELECT t.uid FROM place_facility f JOIN thing t ON t.id = f.place WHERE f.facility = :double ORDER BY t.id;

-- name: followed_by
SELECT t.uid FROM place p JOIN thing t ON t.id = p.thing WHERE p.successor = :double ORDER BY t.id;
