-- What the sender of pushes needs to know of where it sends.

-- The push service of an endpoint: its scheme and host, all that stands before the path.
ALTER TABLE push ADD COLUMN origin TEXT NOT NULL GENERATED ALWAYS AS (substr(endpoint, 1, instr(substr(endpoint, 9), '/') + 7)) VIRTUAL;
CREATE INDEX push_origin ON push (origin);

-- Phones that a push service let us not send to, by a fault of ours (400, 401, 403): an alarm, until something is sent to them again or they
-- subscribe anew. since: when it began. reason: what the service called it, of what is known.
CREATE TABLE push_refused (
  device INTEGER PRIMARY KEY REFERENCES push (device) ON DELETE CASCADE,
  status INTEGER NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;
CREATE TRIGGER push_made_anew AFTER UPDATE OF endpoint ON push WHEN old.endpoint <> new.endpoint
BEGIN
  DELETE FROM push_refused WHERE device = old.device;
END;

-- Push services that are left alone for a while: since when nothing came through, until when, and why.
CREATE TABLE push_closed (
  origin TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  failures INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What waits of a message, by when it may go.
CREATE INDEX delivery_of_message ON delivery (message, not_before) WHERE state = 'waiting';
