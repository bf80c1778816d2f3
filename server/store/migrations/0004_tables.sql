-- What came out of spreadsheets, GPX and KML: places that a register brings, and how the columns of a table were read.

-- said: the fields of PlaceSet as the register last said them (JSON). Where the place still stands so, what the register says next goes in;
-- what somebody changed here since stays. key: the row's own, so that a place that the file moves stays the same place.
CREATE TABLE place_import (
  place INTEGER PRIMARY KEY REFERENCES place (thing),
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  said TEXT NOT NULL,
  UNIQUE (source, key)
) STRICT;

-- heading as it stands in the file; read_as '' is a column that is left aside.
CREATE TABLE table_column (
  source TEXT NOT NULL,
  heading TEXT NOT NULL,
  read_as TEXT NOT NULL,
  PRIMARY KEY (source, heading)
) STRICT, WITHOUT ROWID;
