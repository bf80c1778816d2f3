-- name: find
SELECT id, kind, uid, slug, withdrawn_on FROM thing WHERE kind = :kind AND uid = :uid;

-- name: make
INSERT INTO thing (kind, uid, slug) VALUES (:kind, :uid, :slug) RETURNING id;

-- name: withdraw
UPDATE thing SET withdrawn_on = :on, withdrawn_why = :why WHERE id = :id;

-- name: restore
UPDATE thing SET withdrawn_on = NULL, withdrawn_why = NULL WHERE id = :id;

-- name: withdrawn_why
SELECT withdrawn_why FROM thing WHERE id = :id;

-- name: rows_of
SELECT uid, id FROM thing WHERE kind = :kind AND uid IN (SELECT value FROM json_each(:uids));

-- name: ids_of
SELECT kind, uid FROM thing WHERE id IN (SELECT value FROM json_each(:rows));

-- name: ids_by_row
SELECT id, uid FROM thing WHERE id IN (SELECT value FROM json_each(:rows));

-- name: all_ids
SELECT kind, uid FROM thing ORDER BY id;
