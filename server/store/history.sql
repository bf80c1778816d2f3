-- name: keep
INSERT INTO history (thing, v, body, saved_at, saved_by) VALUES (:thing, :v, :body, :saved_at, :saved_by);

-- name: body
SELECT body FROM history WHERE thing = :thing AND v = :v ORDER BY id DESC LIMIT 1;

-- name: back
SELECT body, saved_at, saved_by FROM history WHERE thing = :thing ORDER BY id DESC;
