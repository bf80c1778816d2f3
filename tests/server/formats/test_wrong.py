"""What does not fit is told in Danish: the field, what is allowed, what stands."""

import re
from typing import Any

import msgspec
import pytest

from server.formats import own
from server.formats.wrong import in_danish

BENCH = {"key": "a", "type_text": "Bænk"}
ROUTE = {"name": {"da": "Stien"}}
PLACE = {"key": "a", "id": "019a0000-0000-7000-8000-000000000001", "place": {}}
OPEN = {"value": True, "source": "a"}


@pytest.mark.parametrize(
    ("read", "fields", "says"),
    [
        (own.facility, {"key": "a"}, "type_text: feltet mangler"),
        (own.facility, {**BENCH, "type_text": "x" * 201}, "type_text: skal have højst 200 tegn"),
        (own.facility, {**BENCH, "type_text": ""}, "type_text: skal have mindst 1 tegn"),
        (own.facility, {**BENCH, "access": "nej"}, "access: skal være felter i { }, og er en tekst"),
        (own.facility, {**BENCH, "access": {"bredde": 1}}, "access.bredde: feltet kendes ikke"),
        (own.facility, {**BENCH, "public": 3}, "public: skal være true eller false, og er et helt tal"),
        (own.facility, {**BENCH, "code": -1}, "code: skal være mindst 0"),
        (own.facility, {**BENCH, "open_24h": {**OPEN, "seen_on": "i går"}}, "open_24h.seen_on: skal være en dato som 2026-03-31"),
        (own.facility, {**BENCH, "season": {"from": "13-01", "through": "12-01"}}, "season.from: skal være måned og dag som 05-01"),
        (own.route, {**ROUTE, "modes": ["flyve"]}, "modes[0]: 'flyve' kan ikke vælges. Skriv et af: cycle, drive, paddle, ride, walk"),
        (own.route, {**ROUTE, "edited": ["a"] * 2001}, "edited: skal have højst 2000 dele"),
        (own.route, {"name": {"da": "\u00a0"}}, "name: Teksten er tom"),
        (own.place, {**PLACE, "place_state": "nej"}, "place_state: 'nej' kan ikke vælges. Skriv et af: active, resting"),
    ],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_named_with_what_is_allowed(read: Any, fields: dict[str, Any], says: str) -> None:
    with pytest.raises(own.FieldRefused) as refused:
        read(fields)
    assert str(refused.value) == f"{says}. Ret det i filen"


class _Document(msgspec.Struct):
    type: str
    features: list[int] = []


@pytest.mark.parametrize(
    "raw", [b"[1", b"[]", b"{}", b'{"type" 1}', b'{"type":1}', b'{"type":"a","features":[null]}', b"\x00"]
)
def test_nothing_of_msgspecs_english_is_left(raw: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError) as reason:
        msgspec.json.decode(raw, type=_Document)
    _, said = in_danish(reason.value, _Document)
    assert not re.search(r"[Ee]xpected|[Ii]nvalid|malformed|got|Object|field|truncated|`", said)
