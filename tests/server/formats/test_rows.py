"""The lines between reader and import."""

from pathlib import Path

import pytest

from server.formats import rows
from server.formats.reasons import left
from server.formats.rows import End, Found, Left, NotWhole


def found(row: int, part: int = 0) -> Found:
    return Found("lag", row, "facility", "n", False, "00", (11.9, 54.8), {}, part)


def written(path: Path, *lines: Found | Left | End) -> Path:
    path.write_bytes(b"".join(rows.encode(line) + b"\n" for line in lines))
    return path


def test_a_row_of_two_parts_counts_once_and_a_left_layer_as_often_as_it_says(tmp_path: Path) -> None:
    lines: list[Found | Left] = [
        found(1),
        found(1, 1),
        found(2),
        left("veje", None, "map", 40),
        left("lag", 3, "no_length"),
    ]
    assert list(rows.read(written(tmp_path / "l", *lines, End(43)))) == lines


@pytest.mark.parametrize("lines", [(found(1),), (), (found(1), End(2)), (End(0), found(1)), (found(1), End(1), End(1))])
def test_lines_that_do_not_add_up_to_their_end_are_not_whole(tmp_path: Path, lines: tuple[Found | End, ...]) -> None:
    with pytest.raises(NotWhole):
        list(rows.read(written(tmp_path / "l", *lines)))
