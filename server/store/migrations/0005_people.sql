-- Who works with the map. Codes and sessions are kept as SHA-256 alone: what lies here opens nothing.

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'editor', 'moderator', 'organiser')),
  since TEXT NOT NULL,
  ended_on TEXT
) STRICT;

-- One use, until `ends_at`. A person's newest one counts alone; asked_on: somebody who held it too long asks for another.
CREATE TABLE invitation (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  person INTEGER NOT NULL REFERENCES person (id),
  made_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  used_at TEXT,
  asked_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_person ON invitation (person);

-- credential, public_key and count are WebAuthn's (Level 3, 6.1 and 7.1).
CREATE TABLE passkey (
  uid TEXT PRIMARY KEY CHECK (length(uid) = 36),
  person INTEGER NOT NULL REFERENCES person (id),
  credential BLOB NOT NULL UNIQUE,
  public_key BLOB NOT NULL,
  count INTEGER NOT NULL,
  name TEXT NOT NULL,
  added_on TEXT NOT NULL,
  used_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_person ON passkey (person);

CREATE TABLE session (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  uid TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL REFERENCES person (id),
  device TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);
