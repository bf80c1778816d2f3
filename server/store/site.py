"""settings/site: one row, its body as JSON."""

import msgspec

from server.model.site import Site
from sync.sql import Tx, load

SQL = load(__file__)


def get(tx: Tx) -> Site:
    """The settings. LookupError in a database that has not begun."""
    row = SQL.row(tx, "get")
    if row is None:
        raise LookupError("this database has no settings yet")
    return msgspec.json.decode(row[0], type=Site)


def put(tx: Tx, site: Site) -> None:
    SQL.run(tx, "put", body=msgspec.json.encode(site).decode())
