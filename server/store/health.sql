-- name: sources
SELECT source, COUNT(*) FROM (
  SELECT f.source AS source FROM facility f JOIN thing t ON t.id = f.thing WHERE t.withdrawn_on IS NULL
  UNION ALL
  SELECT r.source FROM route r JOIN thing t ON t.id = r.thing WHERE t.withdrawn_on IS NULL
) GROUP BY source ORDER BY source;

-- name: imported_at
SELECT MAX(at) FROM import;
