"""The generator, on Structs of the test's own; that the committed files are current is tests/server/test_types.py."""

from typing import Generic, Literal, TypeVar

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from server.typescript import Unknown, interfaces

T = TypeVar("T")


class Fact(msgspec.Struct, Generic[T]):
    value: T
    source: str


class Inner(msgspec.Struct):
    kind: Literal["a", "b"]


class Outer(msgspec.Struct):
    fact: Fact[bool] | None
    inner: tuple[Inner, ...]
    either: list[int | None]
    corner: tuple[float, float]
    rings: list[list[str]]
    table: dict[str, int]
    gone: int | UnsetType = UNSET
    given: int = 5
    again: "Outer | None" = None


def test_what_is_sent_has_a_question_mark_only_where_it_may_be_unset() -> None:
    text = interfaces([Outer])
    assert "  readonly gone?: number;" in text
    assert "  readonly given: number;" in text
    assert "  readonly again: Outer | null;" in text


def test_what_is_taken_has_one_where_it_needs_not_be_there() -> None:
    assert "  readonly given?: number;" in interfaces([], [Outer])


def test_a_generic_struct_stays_generic_and_lists_are_read_only() -> None:
    text = interfaces([Outer])
    assert "readonly fact: Fact<boolean> | null;" in text
    assert "export interface Fact<T> {\n  readonly value: T;\n  readonly source: string;\n}" in text
    assert "readonly inner: readonly Inner[];" in text
    assert "readonly either: readonly (number | null)[];" in text
    assert "readonly rings: readonly (readonly string[])[];" in text
    assert "readonly corner: readonly [number, number];" in text
    assert "readonly table: Readonly<Record<string, number>>;" in text
    assert 'readonly kind: "a" | "b";' in text
    assert text.count("export interface") == 3


def test_a_type_that_has_no_typescript_yet_is_refused() -> None:
    class Odd(msgspec.Struct):
        value: complex

    with pytest.raises(Unknown, match="complex"):
        interfaces([Odd])
