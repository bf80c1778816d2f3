"""What apply_import takes: the file that was read, under which name, and what staff chose where it left a choice."""

from msgspec import field

from server.model.values import Sha256, Value, Words


class Choices(Value, frozen=True, kw_only=True):
    """No choice is known yet; one that is sent all the same answers `later`, it is not dropped."""


class ApplyImport(Value, frozen=True, kw_only=True):
    """args of apply_import. `blob`: SHA-256 of the file, whose lines lie in DATA_DIR/imports/<blob>.ndjson.

    `source` null: each layer goes by its own name."""

    blob: Sha256
    source: Words | None = None
    choices: Choices = field(default_factory=Choices)
