-- name: find
SELECT uid, slug FROM thing WHERE kind = :kind AND slug = :slug
UNION ALL
SELECT t.uid, t.slug FROM slug_before b JOIN thing t ON t.id = b.thing WHERE b.kind = :kind AND b.slug = :slug
LIMIT 1;

-- name: holder
SELECT uid FROM thing WHERE kind = :kind AND slug = :slug
UNION ALL
SELECT t.uid FROM slug_before b JOIN thing t ON t.id = b.thing WHERE b.kind = :kind AND b.slug = :slug
LIMIT 1;

-- name: remember
INSERT INTO slug_before (kind, slug, thing) SELECT kind, slug, id FROM thing WHERE id = :thing ON CONFLICT DO NOTHING;

-- name: forget
DELETE FROM slug_before WHERE kind = :kind AND slug = :slug AND thing = :thing;

-- name: set
UPDATE thing SET slug = :slug WHERE id = :thing;
