-- What people change here meets what a register brings again.

-- When and by whom a facility or a route was last changed; NULL where that was before this migration.
ALTER TABLE facility ADD COLUMN changed_at TEXT;
ALTER TABLE facility ADD COLUMN changed_by TEXT;
ALTER TABLE route ADD COLUMN changed_at TEXT;
ALTER TABLE route ADD COLUMN changed_by TEXT;

-- Fields of an imported thing that a person changed here, with what the register says of them (JSON). Of every other field the register's
-- value is the one that stands here. field: a member of the body, or stretches/<id>/surface, stretches/<id>/access.
CREATE TABLE edited (
  thing INTEGER NOT NULL REFERENCES thing (id),
  field TEXT NOT NULL,
  register TEXT NOT NULL,
  PRIMARY KEY (thing, field)
) STRICT, WITHOUT ROWID;
