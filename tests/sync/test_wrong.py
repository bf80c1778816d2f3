"""msgspec's words become the wire's: a code, a pointer, a limit."""

from typing import Annotated, Any, Literal

import msgspec
import pytest

from sync.wrong import Wrong, explain


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    what: Literal["broken", "litter"]
    text: Annotated[str, msgspec.Meta(max_length=5)] = ""


class Args(msgspec.Struct, forbid_unknown_fields=True):
    entries: Annotated[list[Entry], msgspec.Meta(max_length=2)]
    names: dict[str, Entry] = {}
    note: Annotated[str, msgspec.Meta(min_length=1)] | None = None


@pytest.mark.parametrize(
    ("args", "wrong"),
    [
        ({}, Wrong("invalid", "/args/entries")),
        ({"entries": 1}, Wrong("invalid", "/args/entries")),
        ({"entries": [{"what": "broken"}, {}]}, Wrong("invalid", "/args/entries/1/what")),
        ({"entries": [{"what": "lost"}]}, Wrong("invalid", "/args/entries/0/what")),
        ({"entries": [{"what": "litter", "text": "æøåæøå"}]}, Wrong("too_long", "/args/entries/0/text", 5)),
        ({"entries": [{"what": "litter"}] * 3}, Wrong("too_long", "/args/entries", 2)),
        ({"entries": [{"what": "litter", "photo": 1}]}, Wrong("unknown", "/args/entries/0/photo")),
        ({"entries": [], "later": 1}, Wrong("unknown", "/args/later")),
        ({"entries": [], "names": {"a": {"what": 1}}}, Wrong("invalid", "/args/names")),
        ({"entries": [], "note": ""}, Wrong("invalid", "/args/note")),
        ([], Wrong("invalid", "/args")),
    ],
)
def test_what_is_wrong_is_told_with_its_place(args: Any, wrong: Wrong) -> None:
    with pytest.raises(msgspec.ValidationError) as error:
        msgspec.json.decode(msgspec.json.encode(args), type=Args)
    assert explain(error.value, "/args") == wrong


def test_lengths_are_code_points_not_bytes() -> None:
    """Five characters outside the BMP are ten UTF-16 units and twenty bytes."""
    line = '{"entries":[{"what":"litter","text":"🌲🌲🌲🌲🌲"}]}'.encode()
    assert len(msgspec.json.decode(line, type=Args).entries[0].text) == 5
