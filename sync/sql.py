"""Statements stand in `.sql` beside the module that uses them, each under its `-- name: nearby_places`. This loader
refuses what other loaders pass in silence: an unknown name, a parameter too many or too few, two statements under one
name. It reads every select to its end, so that no reader is ever left inside a transaction.

    SQL = load(__file__)
    SQL.rows(tx, "nearby_places", x=1.0, y=2.0)
"""

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Row: TypeAlias = tuple[Any, ...]
Value: TypeAlias = str | bytes | int | float | None
Tx: TypeAlias = sqlite3.Connection
"""A connection inside a transaction (isolation_level=None). Every function below `web` takes it first."""

_NAME = re.compile(r"^-- name: *([a-z][a-z0-9_]*) *$", re.MULTILINE)
_NO_CODE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
_PARAMETER = re.compile(r":([a-zA-Z_][a-zA-Z0-9_]*)")


class Statement:
    """One statement: its text and the names of its parameters."""

    def __init__(self, name: str, text: str) -> None:
        bare = _NO_CODE.sub(" ", text).strip()
        if not bare or ";" in bare.rstrip(";"):
            raise ValueError(f"{name}: exactly one statement stands under a name")
        self.text = text.strip()
        self.parameters = frozenset(_PARAMETER.findall(bare))

    def check(self, name: str, given: Mapping[str, Value]) -> None:
        if given.keys() != self.parameters:
            missing, unused = sorted(self.parameters - given.keys()), sorted(given.keys() - self.parameters)
            raise TypeError(f"{name}: missing {missing}, unused {unused}")


class Statements:
    """The statements of one `.sql` file. Parameters are named (`:x`) and given by keyword."""

    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self.names: dict[str, Statement] = {}
        head, *parts = _NAME.split(text)
        if _NO_CODE.sub("", head).strip():
            raise ValueError(f"{where}: a statement without a name")
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            if name in self.names:
                raise ValueError(f"{where}: {name} stands twice")
            self.names[name] = Statement(f"{where}: {name}", body)

    def _find(self, name: str) -> Statement:
        if name not in self.names:
            raise KeyError(f"{self.where} has no statement {name}")
        return self.names[name]

    def rows(self, tx: Tx, name: str, /, **params: Value) -> list[Row]:
        """All rows of a select (or of RETURNING), read to the end."""
        statement = self._find(name)
        statement.check(name, params)
        return tx.execute(statement.text, params).fetchall()

    def row(self, tx: Tx, name: str, /, **params: Value) -> Row | None:
        """The one row, or None. More than one is an error of the statement: say LIMIT 1 where that is meant."""
        found = self.rows(tx, name, **params)
        if len(found) > 1:
            raise ValueError(f"{self.where}: {name} gave {len(found)} rows where one was asked for")
        return found[0] if found else None

    def run(self, tx: Tx, name: str, /, **params: Value) -> int:
        """Runs a statement that changes something and returns how many rows it touched."""
        statement = self._find(name)
        statement.check(name, params)
        done = tx.execute(statement.text, params)
        done.fetchall()
        return done.rowcount

    def many(self, tx: Tx, name: str, each: Iterable[Mapping[str, Value]], /) -> int:
        """Runs a statement once for each set of parameters and returns how many rows were touched in all."""
        statement = self._find(name)

        def checked() -> Iterable[Mapping[str, Value]]:
            for params in each:
                statement.check(name, params)
                yield params

        return tx.executemany(statement.text, checked()).rowcount


def load(module_file: str) -> Statements:
    """The statements in the `.sql` beside a module: `SQL = load(__file__)`. UTF-8."""
    path = Path(module_file).with_suffix(".sql")
    return Statements(path.read_text(encoding="utf-8"), path.name)
