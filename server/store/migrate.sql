-- name: has_table
SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration';

-- name: tables
SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name;

-- name: has_spatial
SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'spatial_ref_sys';

-- name: table
CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

-- name: had
SELECT number, name, sha256 FROM migration ORDER BY number;

-- name: note
INSERT INTO migration (number, name, sha256) VALUES (:number, :name, :sha256);

-- name: ask_republish
INSERT INTO meta (key, value) VALUES ('republish', '1') ON CONFLICT (key) DO NOTHING;

-- name: begun
SELECT 1 FROM feed_epoch;
