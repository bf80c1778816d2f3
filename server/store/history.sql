-- name: keep
INSERT INTO history (thing, v, body, saved_at, saved_by, beside) VALUES (:thing, :v, :body, :saved_at, :saved_by, :beside);

-- name: body
SELECT body FROM history WHERE thing = :thing AND v = :v ORDER BY id DESC LIMIT 1;

-- name: back
SELECT body, saved_at, saved_by FROM history WHERE thing = :thing ORDER BY id DESC;

-- name: newest
SELECT h.v, h.body, h.saved_at, h.saved_by, p.name, h.beside FROM history h LEFT JOIN person p ON p.uid = h.saved_by
WHERE h.thing = :thing ORDER BY h.id DESC LIMIT :most;
