-- name: forget
PRAGMA shrink_memory;
