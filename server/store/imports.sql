-- name: facilities
SELECT t.uid, t.withdrawn_on IS NOT NULL, coalesce(json_extract(f.name, '$.da'), f.type_text), f.key, f.same
FROM facility f JOIN thing t ON t.id = f.thing
WHERE f.source = :source
ORDER BY t.id;

-- name: routes
SELECT t.uid, t.withdrawn_on IS NOT NULL, json_extract(r.name, '$.da'), r.key, r.same
FROM route r JOIN thing t ON t.id = r.thing
WHERE r.source = :source
ORDER BY t.id;
