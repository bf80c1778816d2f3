-- A map that is not open yet is shown to whoever has the trial's link. Its code is kept as SHA-256 alone: what lies here opens nothing.
-- Who used the link is written nowhere. Databases from before have no word of a launch in their settings, and are open.
CREATE TABLE trial (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT;

-- republish
