-- The protocol's own tables. They know nothing of places: a kind, an id, bytes.

CREATE TABLE feed_epoch (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  epoch TEXT NOT NULL
) STRICT;

-- head never falls. digest = sum of v over what is live in this scope, mod 2^32, kept running so that no page ever scans a scope.
CREATE TABLE feed_scope (
  scope TEXT PRIMARY KEY CHECK (scope IN ('public', 'guide', 'staff')),
  head INTEGER NOT NULL CHECK (head >= 0),
  digest INTEGER NOT NULL CHECK (digest BETWEEN 0 AND 4294967295)
) STRICT, WITHOUT ROWID;

-- The last change of every (scope, kind, id). A tombstone is a row without v and body; it is kept for ever.
CREATE TABLE feed (
  nr INTEGER PRIMARY KEY,
  scope TEXT NOT NULL REFERENCES feed_scope (scope),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  v TEXT,
  body BLOB,
  UNIQUE (scope, kind, id),
  UNIQUE (scope, seq),
  CHECK ((v IS NULL) = (body IS NULL))
) STRICT;

-- What was done once: id, hash of the line, first reply. No args and no time of arrival; by id, not in order of arrival.
CREATE TABLE inbox (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  reply TEXT NOT NULL
) STRICT, WITHOUT ROWID;
