-- Calendars that others keep.

-- url: NULL for one that comes as files. by_staff: its events are public at once, as those that staff make. sha256: of what was read last;
-- what was found in it lies in DATA_DIR/calendars/<sha256>.json while some of it waits. etag, last_modified: as its server sent them.
-- told: CalendarTold of server/model/calendar.py, JSON. ended_on: it is read no more.
CREATE TABLE calendar (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  name TEXT NOT NULL,
  url TEXT,
  organiser INTEGER REFERENCES organiser (thing),
  place INTEGER REFERENCES thing (id),
  by_staff INTEGER NOT NULL CHECK (by_staff IN (0, 1)),
  saved_by TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  sha256 TEXT,
  etag TEXT,
  last_modified TEXT,
  checked_at TEXT,
  due_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  failed_since TEXT,
  failed TEXT,
  told TEXT,
  ended_on TEXT
) STRICT, WITHOUT ROWID;

-- What a calendar last said of each event, under its own UID: Brought of server/store/calendar.py, JSON; hash: of that. Where what stands
-- here is something else, a person wrote it. gone: it is in the calendar no more.
CREATE TABLE calendar_said (
  calendar TEXT NOT NULL REFERENCES calendar (id) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  hash TEXT NOT NULL,
  said TEXT NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  PRIMARY KEY (calendar, uid)
) STRICT, WITHOUT ROWID;
