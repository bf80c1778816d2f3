"""How people log in: invitations, passkeys (WebAuthn Level 3), sessions. Knows nothing of HTTP; what it does is done in the caller's
transaction."""
