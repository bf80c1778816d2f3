-- name: look
SELECT count(*) FROM sqlite_master;

-- name: pages
PRAGMA page_count;

-- name: page_bytes
PRAGMA page_size;

-- name: one_file
PRAGMA journal_mode = DELETE;

-- name: integrity
PRAGMA integrity_check(1);

-- name: foreign_keys
PRAGMA foreign_key_check;

-- name: indexed
SELECT f_table_name FROM geometry_columns WHERE spatial_index_enabled = 1 ORDER BY f_table_name;

-- An R-tree is a table of its own, kept by triggers: rows, entries, entries that have a row, and whether the tree is whole.
-- name: rtrees
SELECT
  'facility_point',
  (SELECT count(*) FROM facility_point),
  (SELECT count(*) FROM idx_facility_point_geom),
  (SELECT count(*) FROM idx_facility_point_geom AS i JOIN facility_point AS t ON t.rowid = i.pkid),
  rtreecheck('idx_facility_point_geom')
UNION ALL
SELECT
  'place_point',
  (SELECT count(*) FROM place_point),
  (SELECT count(*) FROM idx_place_point_geom),
  (SELECT count(*) FROM idx_place_point_geom AS i JOIN place_point AS t ON t.rowid = i.pkid),
  rtreecheck('idx_place_point_geom')
UNION ALL
SELECT
  'stretch_line',
  (SELECT count(*) FROM stretch_line),
  (SELECT count(*) FROM idx_stretch_line_geom),
  (SELECT count(*) FROM idx_stretch_line_geom AS i JOIN stretch_line AS t ON t.rowid = i.pkid),
  rtreecheck('idx_stretch_line_geom');
