-- name: empty
PRAGMA wal_checkpoint(TRUNCATE);
