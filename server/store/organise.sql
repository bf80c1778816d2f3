-- name: organiser_of
SELECT t.id, t.uid FROM person p JOIN thing t ON t.id = p.organiser WHERE p.uid = :person;

-- name: events_of
SELECT t.uid FROM event e JOIN thing t ON t.id = e.thing
WHERE e.organiser = :organiser AND t.withdrawn_on IS NULL
ORDER BY t.uid;
