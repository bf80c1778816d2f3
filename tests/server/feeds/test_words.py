"""Text that leaves us is text that every program takes, and still what people wrote."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from server.feeds.words import clean

NOT_IN_XML = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF]


def test_marks_of_direction_and_quotes_stay() -> None:
    text = '\u200f"Åen" & <søen>\u202e, it\u2019s 🙂\t'
    assert clean(text) == text


def test_halves_of_characters_and_control_characters_go() -> None:
    assert clean("a\ud800b\x00\x1b[31mc\ufffe") == "a?b[31mc"
    assert clean("et\r\nto\rtre\x85fire") == "et\nto\ntre\nfire"


@given(st.text(st.characters(), max_size=200))
def test_what_is_left_can_be_encoded_and_stand_in_xml(text: str) -> None:
    left = clean(text)
    left.encode()
    assert not any(ord(c) in NOT_IN_XML or c == "\r" for c in left)
    assert clean(left) == left


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))))
def test_nothing_that_is_seen_is_lost(text: str) -> None:
    assert clean(text) == text
    assert all(unicodedata.category(c) != "Cc" for c in text)
