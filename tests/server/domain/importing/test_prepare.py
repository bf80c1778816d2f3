"""From a read file's lines to rows of the store, without a store: every row is accounted for."""

import struct
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.importing.prepare import prepare
from server.domain.importing.row import xy
from server.formats.reasons import left
from server.formats.rows import Found, Left


def test_a_wkb_whose_count_lies_never_reaches_the_store() -> None:
    for wkb in (
        struct.pack("<BII", 1, 2, 0x10000000) + bytes(32),
        struct.pack(">BIdd", 0, 1, 1.0, 1.0),
        b"",
        struct.pack("<BIdd", 1, 1, 1.0, float("nan")),
    ):
        with pytest.raises((ValueError, struct.error)):
            xy(wkb.hex())


OUR_STRETCH = {"moede": "stretch", "route": "r", "no": 1, "name": '{"da":"R"}'}
OUR_BENCH = {"moede": "facility", "key": "a", "type_text": "Bænk", "register": "facil", "public": True}
REGISTER = [
    {"rute_ty_k": 5, "navn": "Å", "cvr_kode": 1, "straekn_nr": "2", "off_kode": 1},
    {"rute_ty_k": 5, "navn": "Å", "cvr_kode": 1, "off_kode": 2},
    {"rute_ty_k": "3", "belaegn_k": 1, "systid_fra": "2024-05-01"},
]  # fmt: skip
LINES = [(0, 0, 3, 4), (3, 4, 0, 0), (0, 0, 3, 4, 6, 8), (3, 4, 9, 9)]
_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["rute_vandre", "facilit_service", "facil"]),
        st.sampled_from(["a", "b", "c"]),
        st.booleans(),
        st.sampled_from([{}, {"type": "Bænk"}, {"navn": "Å"}, {"moede": "facility"}, OUR_STRETCH, OUR_BENCH, *REGISTER]),
        st.sampled_from(["found", "left", "layer"]),
        st.sampled_from(LINES),
    ),
    max_size=12,
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(_ROWS)
def test_every_row_is_counted_once_whatever_stands_in_the_file(
    rows: list[tuple[str, str, bool, dict[str, Any], str, tuple[int, ...]]],
) -> None:
    lines: list[Found | Left] = []
    for number, (layer, key, own, fields, what, at) in enumerate(rows):
        if what == "found":
            is_line = fields.get("moede") == "stretch" or (layer == "rute_vandre" and "moede" not in fields)
            wkb = (
                struct.pack(f"<BII{len(at)}d", 1, 2, len(at) // 2, *at) if is_line else struct.pack("<BI2d", 1, 1, 0, 0)
            )
            place: str | tuple[float, float] = "_ibE_ibE" if is_line else (11.9, 54.8)
            lines.append(Found(layer, number, "stretch" if is_line else "facility", key, own, wkb.hex(), place, fields))
        elif what == "left":
            lines.append(left(layer, number, "no_length"))
        else:
            lines.append(left(layer, None, "map", rows=number))
    done = prepare(lines, None)
    assert done.rows == sum(line.rows if isinstance(line, Left) else 1 for line in lines)
    ids = [row.id for row, _ in done.facilities] + [row.id for row, _ in done.routes]
    assert len(ids) == len(set(ids))
    stretches = [one.id for row, _ in done.routes for one in row.stretches]
    assert len(stretches) == len(set(stretches))
