-- name: who
SELECT device FROM follow WHERE kind = 'event' AND id = :id ORDER BY device;

-- name: times
SELECT count(*) FROM message WHERE about = :id AND what = 'decided';
