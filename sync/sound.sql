-- name: scopes
SELECT scope, head, digest FROM feed_scope ORDER BY scope;

-- name: some
SELECT nr, kind, id, seq, v, body FROM feed WHERE scope = :scope AND nr > :after ORDER BY nr LIMIT 500;
