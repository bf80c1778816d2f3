"""Names that stay the same when the same thing is imported again (docs/wire.md, Ids and slugs)."""

import uuid

NAMESPACE = uuid.UUID("9f8d3cf6-ca7f-41cb-b3fa-b614b48b7610")


def imported_id(source: str, type: str, key: str) -> str:
    """UUIDv5 of source, type ("facility", "route", "stretch") and the source's own key."""
    return str(uuid.uuid5(NAMESPACE, f"{source}\n{type}\n{key}"))
