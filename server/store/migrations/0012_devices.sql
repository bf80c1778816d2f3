-- Phones that asked to be reminded. Nothing here says who holds one, nor when in a day it did anything.

-- sha256: of the secret in its header. seen_on: the day on which it was last heard of.
CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  seen_on TEXT NOT NULL
) STRICT;

-- Where a phone is reached: a capability, told to nobody. vapid: the public key that it was made with.
CREATE TABLE push (
  device INTEGER PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
  endpoint TEXT NOT NULL UNIQUE,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  vapid TEXT NOT NULL,
  lang TEXT NOT NULL CHECK (lang IN ('da', 'en', 'de'))
) STRICT;

-- whens: JSON of evening, transport, hour. only: the one day of a series (as the rule gives it), '' for all of it.
CREATE TABLE follow (
  device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('event', 'place', 'organiser', 'area', 'settings')),
  id TEXT NOT NULL,
  only TEXT NOT NULL DEFAULT '',
  whens TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (device, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_subject ON follow (kind, id);

CREATE TABLE skipped (
  device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (device, event, day)
) STRICT, WITHOUT ROWID;

-- Somebody wants to be met at the door. Gone 48 hours after the time (met_answer too).
CREATE TABLE met (
  device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (device, event, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX met_time ON met (event, day);

CREATE TABLE met_answer (
  event TEXT NOT NULL,
  day TEXT NOT NULL,
  answer TEXT NOT NULL,
  answered_at TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (event, day)
) STRICT, WITHOUT ROWID;

-- When followers of an occurrence are to be told something. what 'changed': it was moved, cancelled, or is on again.
CREATE TABLE reminder (
  occurrence TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('evening', 'transport', 'hour', 'changed')),
  revision INTEGER NOT NULL,
  due_at TEXT NOT NULL,
  useful_until TEXT NOT NULL,
  done TEXT CHECK (done IN ('fanned_out', 'late', 'skipped', 'overtaken')),
  PRIMARY KEY (occurrence, what, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_due ON reminder (due_at) WHERE done IS NULL;

-- What is sent, once for all who get it. about: an occurrence's id, or a notice's. text: {title, body}, each a Text, as JSON. open: the path that a tap opens.
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  about TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('evening', 'transport', 'hour', 'changed', 'met', 'decided', 'notice')),
  revision INTEGER NOT NULL,
  text TEXT NOT NULL,
  open TEXT NOT NULL,
  urgency TEXT NOT NULL CHECK (urgency IN ('low', 'normal', 'high')),
  useful_until TEXT NOT NULL,
  UNIQUE (about, what, revision)
) STRICT;

-- One message to one phone, sent at least once. status: the push service's last answer. lease_until: somebody is at it.
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
  device INTEGER NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'gone', 'refused', 'late', 'stopped')),
  not_before TEXT NOT NULL,
  lease_until TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  status INTEGER,
  UNIQUE (message, device)
) STRICT;
CREATE INDEX delivery_waiting ON delivery (not_before) WHERE state = 'waiting';
-- What goes with a phone that is forgotten.
CREATE INDEX delivery_device ON delivery (device);

-- What is done by the clock, each under its name: one at a time, taken again where the one who had it is gone.
CREATE TABLE job (
  name TEXT PRIMARY KEY,
  due_at TEXT NOT NULL,
  lease_until TEXT,
  tries INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What devices have sent, once each (server/store/device_inbox.py). on: the day on which it came.
CREATE TABLE inbox_device (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  reply TEXT NOT NULL,
  "on" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
