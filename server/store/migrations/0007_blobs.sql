-- republish
-- Pictures and files that were sent, by the hash of what was sent. w, h: of the larger size that is shown. orphan_since: nothing names it
-- since then; who sent it and when is kept nowhere.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('picture', 'file')),
  bytes INTEGER NOT NULL,
  w INTEGER,
  h INTEGER,
  orphan_since TEXT,
  CHECK ((kind = 'picture') = (w IS NOT NULL AND h IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_orphan ON blob (orphan_since) WHERE orphan_since IS NOT NULL;

INSERT OR IGNORE INTO blob (sha256, kind, bytes, w, h)
SELECT json_extract(photo.value, '$.sha256'), 'picture', 0, json_extract(photo.value, '$.w'), json_extract(photo.value, '$.h')
FROM place p, json_each(p.said, '$.photos') photo;

-- A report may be closed, and the public may see of it what staff accept.
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
  subject INTEGER NOT NULL REFERENCES thing (id),
  what TEXT NOT NULL CHECK (what IN ('broken', 'sign_gone', 'under_water', 'toilet_closed', 'litter', 'other')),
  since TEXT NOT NULL CHECK (length(since) = 10),
  state TEXT NOT NULL CHECK (state IN ('reported', 'taken', 'fixed', 'closed')),
  text TEXT NOT NULL,
  photos TEXT NOT NULL,
  reported_by TEXT NOT NULL CHECK (reported_by IN ('citizen', 'guide')),
  taken_by TEXT,
  answer TEXT,
  shown_words INTEGER NOT NULL DEFAULT 0 CHECK (shown_words IN (0, 1)),
  shown_photos TEXT NOT NULL DEFAULT '[]'
) STRICT;
INSERT INTO report (id, uid, subject, what, since, state, text, photos, reported_by, taken_by)
SELECT id, uid, subject, what, since, state, text, photos, reported_by, taken_by FROM fault;
DROP TABLE fault;
ALTER TABLE report RENAME TO fault;
CREATE INDEX fault_subject ON fault (subject);

-- answer: staff's word back, as JSON. closed: there was nothing to mend; it stands as a fixed one does, for the word back.
ALTER TABLE fault_note ADD COLUMN answer TEXT;
ALTER TABLE fault_note ADD COLUMN closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));
