-- name: get
SELECT body FROM site;

-- name: put
INSERT INTO site (one, body) VALUES (1, :body) ON CONFLICT (one) DO UPDATE SET body = excluded.body;
