-- name: message
INSERT OR IGNORE INTO message (about, what, revision, text, open, urgency, useful_until)
VALUES (:about, :what, :revision, :text, :open, :urgency, :useful_until);

-- name: message_of
SELECT id FROM message WHERE about = :about AND what = :what AND revision = :revision;

-- name: deliver
INSERT OR IGNORE INTO delivery (message, device, not_before)
SELECT :message, p.device, :not_before FROM json_each(:devices) d JOIN push p ON p.device = d.value;
