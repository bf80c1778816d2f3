-- Logins by the municipality's own (OpenID Connect): who somebody is there is `sub` within `issuer`. Tokens and groups are not kept.

CREATE TABLE identity (
  issuer TEXT NOT NULL,
  sub TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  PRIMARY KEY (issuer, sub)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX identity_person ON identity (person, issuer);

-- proved_at: when the person last showed who they are, at the municipality's login perhaps hours before the session here; '' where it
-- does not tell. way: how the session was begun.
ALTER TABLE session ADD COLUMN proved_at TEXT NOT NULL DEFAULT '';
UPDATE session SET proved_at = begun_at;
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'passkey' CHECK (way IN ('passkey', 'oidc'));
