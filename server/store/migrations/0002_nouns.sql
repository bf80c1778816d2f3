-- The nouns. A thing has an INTEGER PRIMARY KEY inside and a text id outside; its geometry stands in a narrow table with an R-tree.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  body TEXT NOT NULL
) STRICT;

-- What places, facilities and routes have in common, so that a fault, a slug or a place's list can point at any of them.
CREATE TABLE thing (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('place', 'facility', 'route')),
  uid TEXT NOT NULL CHECK (length(uid) = 36),
  slug TEXT,
  withdrawn_on TEXT,
  withdrawn_why TEXT,
  UNIQUE (kind, uid),
  UNIQUE (kind, slug),
  CHECK ((kind = 'facility') = (slug IS NULL))
) STRICT;

-- Slugs that a thing had before: they redirect, and nobody else gets them.
CREATE TABLE slug_before (
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  thing INTEGER NOT NULL REFERENCES thing (id),
  PRIMARY KEY (kind, slug)
) STRICT, WITHOUT ROWID;

-- said: the fields of the body that have no column here, as JSON.
CREATE TABLE place (
  thing INTEGER PRIMARY KEY REFERENCES thing (id),
  form TEXT NOT NULL CHECK (form IN ('building', 'spot', 'route', 'online', 'mental')),
  state TEXT NOT NULL CHECK (state IN ('idea', 'developing', 'active', 'resting', 'dissolved')),
  said TEXT NOT NULL,
  route INTEGER REFERENCES thing (id),
  was_public INTEGER NOT NULL CHECK (was_public IN (0, 1)),
  dissolved_on TEXT,
  why TEXT,
  successor INTEGER REFERENCES thing (id),
  notes TEXT,
  last_seen_on TEXT,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  CHECK ((state = 'dissolved') = (dissolved_on IS NOT NULL))
) STRICT;
CREATE INDEX place_route ON place (route) WHERE route IS NOT NULL;

CREATE TABLE place_facility (
  place INTEGER NOT NULL REFERENCES place (thing),
  no INTEGER NOT NULL,
  facility INTEGER NOT NULL REFERENCES thing (id),
  PRIMARY KEY (place, no)
) STRICT, WITHOUT ROWID;

-- lon, lat: the point as it stands in the body. same: hash of the imported row, so that importing it again touches nothing.
CREATE TABLE facility (
  thing INTEGER PRIMARY KEY REFERENCES thing (id),
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  code INTEGER,
  type_text TEXT NOT NULL,
  name TEXT,
  access TEXT NOT NULL,
  season TEXT,
  open_24h TEXT,
  source_text TEXT NOT NULL,
  public INTEGER NOT NULL CHECK (public IN (0, 1)),
  lon REAL NOT NULL,
  lat REAL NOT NULL,
  same BLOB NOT NULL,
  UNIQUE (source, key)
) STRICT;

CREATE TABLE route (
  thing INTEGER PRIMARY KEY REFERENCES thing (id),
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  modes TEXT NOT NULL,
  loop INTEGER NOT NULL CHECK (loop IN (0, 1)),
  season TEXT,
  source_text TEXT NOT NULL,
  public INTEGER NOT NULL CHECK (public IN (0, 1)),
  closures TEXT NOT NULL,
  approaches TEXT NOT NULL,
  same BLOB NOT NULL,
  UNIQUE (source, key)
) STRICT;

-- line: simplified and encoded, as it stands in the body. The full line is in stretch_line; start_m is where it begins along the route.
CREATE TABLE stretch (
  id INTEGER PRIMARY KEY,
  route INTEGER NOT NULL REFERENCES route (thing),
  no INTEGER NOT NULL,
  uid TEXT NOT NULL,
  line TEXT NOT NULL,
  length_m INTEGER NOT NULL,
  start_m INTEGER NOT NULL,
  surface TEXT,
  access TEXT NOT NULL,
  UNIQUE (route, no)
) STRICT;

CREATE TABLE place_point (place INTEGER PRIMARY KEY REFERENCES place (thing));
SELECT AddGeometryColumn('place_point', 'geom', 25832, 'POINT', 'XY', 1);
SELECT CreateSpatialIndex('place_point', 'geom');

CREATE TABLE facility_point (facility INTEGER PRIMARY KEY REFERENCES facility (thing));
SELECT AddGeometryColumn('facility_point', 'geom', 25832, 'POINT', 'XY', 1);
SELECT CreateSpatialIndex('facility_point', 'geom');

CREATE TABLE stretch_line (stretch INTEGER PRIMARY KEY REFERENCES stretch (id));
SELECT AddGeometryColumn('stretch_line', 'geom', 25832, 'LINESTRING', 'XY', 1);
SELECT CreateSpatialIndex('stretch_line', 'geom');

-- What the body of a route says is near it, as last published: public facilities (at_m, off_m) and places (both null where the place
-- only names the route). Kept, so that a thing that moves away touches the routes that it was near.
CREATE TABLE near (
  route INTEGER NOT NULL REFERENCES route (thing),
  thing INTEGER NOT NULL REFERENCES thing (id),
  at_m INTEGER,
  off_m INTEGER,
  PRIMARY KEY (route, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX near_thing ON near (thing);

-- One row for each report that was taken. The day alone: nothing here tells when in the day, nor joins one phone's reports.
CREATE TABLE fault (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
  subject INTEGER NOT NULL REFERENCES thing (id),
  what TEXT NOT NULL CHECK (what IN ('broken', 'sign_gone', 'under_water', 'toilet_closed', 'litter', 'other')),
  since TEXT NOT NULL CHECK (length(since) = 10),
  state TEXT NOT NULL CHECK (state IN ('reported', 'taken', 'fixed')),
  text TEXT NOT NULL,
  photos TEXT NOT NULL,
  reported_by TEXT NOT NULL CHECK (reported_by IN ('citizen', 'guide')),
  taken_by TEXT,
  answer TEXT
) STRICT;
CREATE INDEX fault_subject ON fault (subject);

-- What a thing's body tells of its faults: one entry for each `what`.
CREATE TABLE fault_note (
  subject INTEGER NOT NULL REFERENCES thing (id),
  what TEXT NOT NULL,
  since TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reported', 'taken', 'fixed')),
  fixed_on TEXT,
  PRIMARY KEY (subject, what),
  CHECK ((state = 'fixed') = (fixed_on IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Each staff body that there was, by its v: what an edit with an old `base` is compared with.
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  thing INTEGER NOT NULL REFERENCES thing (id),
  v TEXT NOT NULL,
  body BLOB NOT NULL,
  saved_at TEXT NOT NULL,
  saved_by TEXT NOT NULL
) STRICT;
CREATE INDEX history_v ON history (thing, v);
