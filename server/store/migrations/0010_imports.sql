-- What came in by files, and what staff said of it.

-- told: how many rows were new, changed, unchanged, left out (JSON). name: the file's, NULL where nobody told it.
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  name TEXT,
  source TEXT,
  blob TEXT NOT NULL,
  told TEXT NOT NULL
) STRICT;

-- Things that a register no longer has, and of which somebody said that they stay: they are told last when it comes again.
CREATE TABLE kept_gone (
  thing INTEGER PRIMARY KEY REFERENCES thing (id)
) STRICT;
