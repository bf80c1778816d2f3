-- name: begin_epoch
INSERT INTO feed_epoch (one, epoch) VALUES (1, :epoch);

-- name: begin_scope
INSERT INTO feed_scope (scope, head, digest) VALUES (:scope, 0, 0);

-- name: set_epoch
UPDATE feed_epoch SET epoch = :epoch;

-- name: epoch
SELECT epoch FROM feed_epoch;

-- name: heads
SELECT scope, head FROM feed_scope ORDER BY scope;

-- name: mark
SELECT epoch, head, digest FROM feed_epoch, feed_scope WHERE scope = :scope;

-- name: stands
SELECT epoch, head FROM feed_epoch, feed_scope WHERE scope = :scope;

-- name: advance
UPDATE feed_scope SET head = head + 1, digest = (digest + :more) & 4294967295 WHERE scope = :scope RETURNING head;

-- name: current
SELECT v, body FROM feed WHERE scope = :scope AND kind = :kind AND id = :id;

-- name: put
INSERT INTO feed (scope, kind, id, seq, v, body) VALUES (:scope, :kind, :id, :seq, :v, :body)
ON CONFLICT (scope, kind, id) DO UPDATE SET seq = excluded.seq, v = excluded.v, body = excluded.body;

-- The lengths first (SQLite knows them without reading a body), then the bodies that fit.
-- name: page_lengths
SELECT seq, coalesce(length(body), 0) FROM feed
WHERE scope = :scope AND seq > :after AND NOT (body IS NULL AND seq <= :floor)
ORDER BY seq LIMIT :rows;

-- name: page_changes
SELECT kind, id, v, body FROM feed
WHERE scope = :scope AND seq > :after AND seq <= :last AND NOT (body IS NULL AND seq <= :floor)
ORDER BY seq;
