-- name: count
INSERT INTO counted (event, day, came, new) VALUES (:event, :day, :came, :new)
ON CONFLICT (event, day) DO UPDATE SET came = excluded.came, new = excluded.new;

-- name: counts
SELECT event, day, came, new FROM counted
WHERE day >= :since AND (:every OR event IN (SELECT value FROM json_each(:events)))
ORDER BY day, event;

-- name: tell
INSERT INTO told (event, day, how, n) VALUES (:event, :day, :how, 1) ON CONFLICT (event, day, how) DO UPDATE SET n = n + 1;

-- name: told
SELECT event, total(n) FILTER (WHERE how = 'good'), total(n) FILTER (WHERE how = 'so_so'),
  total(n) FILTER (WHERE how = 'not_for_me'), total(n) FILTER (WHERE how = 'not_there')
FROM told
WHERE :every OR event IN (SELECT value FROM json_each(:events))
GROUP BY event HAVING sum(n) >= :least ORDER BY event;
