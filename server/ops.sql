-- name: begin
SAVEPOINT op;

-- name: undo
ROLLBACK TO op;

-- name: end
RELEASE op;
