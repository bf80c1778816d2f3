"""What a verb gives back when it is done."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """`touched`: (kind, id) of what publish.py is to put anew. `result`: what the reply carries.

    `moved` false: nothing changed where it is, who may read it or which route it names (publish.publish). `fields`: what an audit row
    says is new of it, where the args have no `set`."""

    touched: list[tuple[str, str]]
    result: dict[str, Any] = field(default_factory=dict)
    moved: bool = True
    fields: tuple[str, ...] = ()
