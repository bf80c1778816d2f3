-- name: active
SELECT COUNT(*) FROM place p JOIN thing t ON t.id = p.thing WHERE p.state = 'active' AND t.withdrawn_on IS NULL;

-- name: begin
INSERT INTO trial (one, sha256) VALUES (1, :sha256) ON CONFLICT (one) DO UPDATE SET sha256 = excluded.sha256;

-- name: finish
DELETE FROM trial;

-- name: trial
SELECT sha256 FROM trial;
