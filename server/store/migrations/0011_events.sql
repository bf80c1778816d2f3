-- republish
-- Who holds events, the events, and each of their times.

-- Two more kinds of thing. A CHECK of a table that others refer to is changed in place (sqlite.org/lang_altertable.html, section 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''place'', ''facility'', ''route''', '''place'', ''facility'', ''route'', ''organiser'', ''event''')
WHERE type = 'table' AND name = 'thing';
PRAGMA writable_schema = RESET;

CREATE TABLE organiser (
  thing INTEGER PRIMARY KEY REFERENCES thing (id),
  name TEXT NOT NULL,
  url TEXT,
  at_once INTEGER NOT NULL DEFAULT 0 CHECK (at_once IN (0, 1)),
  notes TEXT,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;

-- For whom a person makes events.
ALTER TABLE person ADD COLUMN organiser INTEGER REFERENCES organiser (thing);

-- said: the fields of the body that have no column here; schedule, changes: Schedule and Change of server/model/event.py; all JSON.
-- calendar, uid, sequence: of the calendar that brings it (RFC 5545, 3.8.4.7 and 3.8.7.4). written_to: the last day that `occurrence` has.
-- revisions: by day, the revision of those that readers could see and that are gone from `occurrence`: one that comes again goes on from it.
CREATE TABLE event (
  thing INTEGER PRIMARY KEY REFERENCES thing (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'public', 'cancelled')),
  said TEXT NOT NULL,
  schedule TEXT,
  changes TEXT NOT NULL DEFAULT '[]',
  place INTEGER REFERENCES thing (id),
  route INTEGER REFERENCES thing (id),
  organiser INTEGER REFERENCES organiser (thing),
  split_from INTEGER REFERENCES thing (id),
  why TEXT,
  notes TEXT,
  decided TEXT,
  was_public INTEGER NOT NULL DEFAULT 0 CHECK (was_public IN (0, 1)),
  calendar TEXT,
  uid TEXT,
  sequence INTEGER,
  written_to TEXT,
  revisions TEXT NOT NULL DEFAULT '{}',
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  UNIQUE (calendar, uid)
) STRICT;
CREATE INDEX event_place ON event (place) WHERE place IS NOT NULL;
CREATE INDEX event_organiser ON event (organiser) WHERE organiser IS NOT NULL;

-- id: as it travels, <event>.<YYYYMMDD of day>. day: on which the rule gives it; date: on which it is. start_at, end_at: UTC, Z.
-- revision: how often it was moved, cancelled or set on again since readers could see it. body: Time, as JSON.
CREATE TABLE occurrence (
  id TEXT PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES event (thing),
  day TEXT NOT NULL CHECK (length(day) = 10),
  date TEXT NOT NULL CHECK (length(date) = 10),
  start_at TEXT NOT NULL,
  end_at TEXT,
  state TEXT NOT NULL CHECK (state IN ('on', 'moved', 'cancelled')),
  revision INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL,
  UNIQUE (event, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrence_start ON occurrence (start_at);
