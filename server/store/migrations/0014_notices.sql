-- What hosts count, what is told afterwards, and the notices that staff send.

-- How many came to a time, and how many of them for the first time.
CREATE TABLE counted (
  event TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  came INTEGER NOT NULL CHECK (came >= 0),
  new INTEGER NOT NULL CHECK (new >= 0 AND new <= came),
  PRIMARY KEY (event, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX counted_day ON counted (day);

-- How it was, as nobody in particular says: numbers alone.
CREATE TABLE told (
  event TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  how TEXT NOT NULL CHECK (how IN ('good', 'so_so', 'not_for_me', 'not_there')),
  n INTEGER NOT NULL CHECK (n > 0),
  PRIMARY KEY (event, day, how)
) STRICT, WITHOUT ROWID;

-- to_id: '' for all. title, body: Text, as JSON. at: when it goes out. by: the person. message: its row, once it has gone to the deliveries (it may be forgotten before the notice is).
-- devices: how many followed then. result: reason to number of those not reached, as JSON, once it is over.
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  to_kind TEXT NOT NULL CHECK (to_kind IN ('place', 'event', 'organiser', 'area', 'all')),
  to_id TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scheduled', 'sending', 'sent', 'stopped')),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  message INTEGER,
  devices INTEGER NOT NULL DEFAULT 0,
  reached INTEGER NOT NULL DEFAULT 0,
  result TEXT,
  CHECK ((to_kind = 'all') = (to_id = ''))
) STRICT;
CREATE INDEX notice_at ON notice (at);
CREATE INDEX notice_unfinished ON notice (state) WHERE result IS NULL;
