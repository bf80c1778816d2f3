"""Rows that go with others are found, not looked for: each deletion would read the whole table, and everybody else's writing waits."""

from pathlib import Path

from server.store.database import local


def test_what_goes_with_a_row_that_is_deleted_is_found_by_an_index(data_dir: Path) -> None:
    looked_at, unindexed = [], []
    with local(data_dir) as tx:
        for (table,) in tx.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%ON DELETE CASCADE%' AND sql LIKE '%STRICT%'"
        ).fetchall():  # SpatiaLite's own are not strict
            key = {row[1] for row in tx.execute(f"PRAGMA table_info({table})").fetchall() if row[5] == 1}
            for index in tx.execute(f"PRAGMA index_list({table})").fetchall():
                if not index[4]:  # one of a part of the rows does not find the others
                    key.add(tx.execute(f"PRAGMA index_info({index[1]})").fetchall()[0][2])
            for foreign in tx.execute(f"PRAGMA foreign_key_list({table})").fetchall():
                if foreign[6] == "CASCADE":
                    looked_at.append(f"{table}.{foreign[3]}")
                    if foreign[3] not in key:
                        unindexed.append(looked_at[-1])
    assert "delivery.device" in looked_at
    assert unindexed == []
