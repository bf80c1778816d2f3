-- Who did what, what stands beside a body in history, and whose work ends when somebody follows.

-- One row for each op that somebody who is logged in, or at the machine itself, had applied, and for each login; none for what citizens send.
-- who: a person's uid, or 'local' for the machine itself. fields: names of what it says anew (JSON). op: the op's id, NULL where it was none.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  verb TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  fields TEXT NOT NULL,
  op TEXT
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_who ON audit (who, seq);
CREATE INDEX audit_subject ON audit (kind, id, seq);

-- beside: what changed with this row and stands in no body, as JSON: {field: [before, after]}.
ALTER TABLE history ADD COLUMN beside TEXT NOT NULL DEFAULT '{}';

-- The person whose work here ends when this invitation is used.
ALTER TABLE invitation ADD COLUMN follows INTEGER REFERENCES person (id);
