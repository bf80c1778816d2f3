-- name: examine
PRAGMA quick_check(1);

-- name: never_wait
PRAGMA busy_timeout = 0;
