-- name: examine
PRAGMA quick_check(1);
