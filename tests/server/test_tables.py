"""What documents are given out of the code; that they have it is tests/server/test_generated.py."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
import pytest
from msgspec import UNSET, Meta, Struct, UnsetType

from server import phone_limits, shapes, tables
from server.app import API
from server.domain.refusal import Code, LaterCode
from server.model.values import Fact, Text, Words
from server.web import pages

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs/wire.md").read_text(encoding="utf-8")


class Inner(Struct):
    kind: Literal["a", "b"]


class Outer(Struct):
    fact: Fact[bool] | None
    said: Text
    name: Words
    inner: Annotated[tuple[Inner, ...], Meta(max_length=20)]
    corner: tuple[float, float]
    count: Annotated[int, Meta(ge=1, le=5000)]
    from_: str = msgspec.field(name="from", default="x")
    gone: int | UnsetType = UNSET


def test_a_struct_is_told_with_its_limits_and_what_absence_means() -> None:
    told = shapes.structs([Outer], [Text, Fact[bool]])
    assert " ".join(told.split()).startswith(
        "Outer {fact: Fact<boolean>|null, said: Text, name: Words, inner: [Inner] ≤20, corner: [number, number], count: integer 1–5,000, "
        'from: string = "x", gone?: integer}'
    )
    assert told.splitlines()[-1:] == ['Inner {kind: "a"|"b"}']


def test_a_type_without_a_notation_is_refused() -> None:
    class Odd(Struct):
        value: complex

    with pytest.raises(shapes.Unknown, match="complex"):
        shapes.structs([Odd])


def test_a_part_stands_between_its_marks_and_a_document_without_them_is_told() -> None:
    assert tables.filled("a\n<!-- x -->\nold\n<!-- /x -->\nb", {"x": "new\n"}) == "a\n<!-- x -->\nnew\n<!-- /x -->\nb"
    with pytest.raises(tables.NoSuchPart):
        tables.filled("a", {"x": "new\n"})


def test_every_code_of_a_refusal_and_of_a_later_has_its_words() -> None:
    assert set(tables.REFUSALS) == {*get_args(Code), "bad_line", "id_reused", "too_large"}
    assert set(tables.LATERS) == set(get_args(LaterCode))


def test_every_code_that_the_web_answers_with_stands_in_the_table_of_errors() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "server/web").glob("*.py")))
    said = set(re.findall(r'(?:Refused|_problem|Problem)\(\s*(\d{3}),\s*(?:"[A-Z][^"]*",\s*)?"([a-z_]+)"', source))
    said |= set(re.findall(r': \((\d{3}), "([a-z_]+)"', source))
    assert len(said) > 10
    for status, code in said:
        assert re.search(rf"^\| {status} \|.*`{code}`", TEXT, re.MULTILINE), (status, code)


def addresses() -> Iterator[str]:
    for handler in [*API, *(getattr(pages, name) for name in dir(pages) if name.endswith("_page"))]:
        for path in handler.paths:
            yield re.sub(r":(str|path)\}", "}", path)


def test_every_address_stands_in_the_table_of_addresses() -> None:
    table = TEXT[TEXT.index("## Addresses and limits") :]
    found = set(addresses())
    assert len(found) > 12
    for address in found - {"/{rest}"}:
        assert f"{address.replace('/{rest}', '/…')}`" in table, address


def test_what_a_phone_holds_itself_to_is_told_in_units_of_people(tmp_path: Path) -> None:
    source = tmp_path / "x.ts"
    source.write_text(
        "const A_MS = 5 * 60_000;\nexport const B_MS = [10_000, 90_000] as const;\nconst C = 1_000;\n"
        "const D_MS: Readonly<Record<string, number>> = { one: 1000, two: 7_200_000 };\nconst E = other * 2;\n",
        encoding="utf-8",
    )
    found = phone_limits.constants(source)
    told = {name: phone_limits.told(name, said) for name, said in found.items() if name != "E"}
    assert told == {"A_MS": "5 min", "B_MS": "10 s to 90 s", "C": "1,000", "D_MS": "`one` 1 s, `two` 2 h"}
    with pytest.raises(ValueError, match="no number"):
        phone_limits.told("E", found["E"])
