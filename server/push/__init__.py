"""Web Push (RFC 8030, 8188, 8291, 8292): what is sent to phones that asked to be reminded. Knows nothing of events; the store says what is
to be sent, `server/jobs/push.py` when."""
