"""What became of a thing, step by step, as staff read it."""

from typing import Any

from server.model.audit import By
from server.model.values import Value


class FieldStep(Value, frozen=True, kw_only=True):
    """A field as it was and as it became, JSON values; what a save takes may be sent back in its `set` as it stands in `before`. What is
    said of a stretch is `stretches/<id>/surface`, `/access` or `/line`; null of a stretch that was not there."""

    field: str
    before: Any
    after: Any


class Step(Value, frozen=True, kw_only=True):
    """One change. `v` is the body's after it; `by` null where nobody knows."""

    v: str
    at: str
    by: By | None
    fields: tuple[FieldStep, ...]


class Steps(Value, frozen=True, kw_only=True):
    """The latest first."""

    steps: tuple[Step, ...]
