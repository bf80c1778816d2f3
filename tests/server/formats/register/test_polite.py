"""A foreign service is asked with limits, and an answer counts when it is whole."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.formats.refusal import FileRefused
from server.formats.register import polite
from server.formats.register.polite import Polite, checked, said
from tests.server.formats.register.standing import Register, standing_in


@pytest.fixture
def register() -> Iterator[Register]:
    with standing_in() as found:
        yield found


def test_an_answer_shorter_than_it_says_is_asked_for_again(register: Register) -> None:
    answers = iter(
        [b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nwhole"]
    )
    register.trouble = lambda asked, _: next(answers)
    waits: list[float] = []
    assert Polite(register.service, wait=waits.append).ask({"request": "x"}, bytes) == b"whole"
    assert waits == [1]


def test_an_address_with_a_question_of_its_own_keeps_it(register: Register) -> None:
    register.trouble = lambda asked, _: (200, {}, b"")
    Polite(f"{register.service}/kø?map=/a b%20c&x=ø#there").ask({"request": "æ"}, bytes)
    assert register.asked == [{"map": "/a b c", "x": "ø", "request": "æ"}]


def test_an_answer_that_drips_is_ended(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite, "REQUEST_S", -1.0)
    register.trouble = lambda asked, _: (200, {}, b"x")
    with pytest.raises(FileRefused, match="over -1 sekunder"):
        Polite(register.service, wait=lambda _: None).ask({}, bytes)


def test_nobody_there_is_told_after_as_many_tries(register: Register) -> None:
    waits: list[float] = []
    with pytest.raises(FileRefused, match="kan ikke nås"):
        Polite("http://127.0.0.1:1/", wait=waits.append).ask({}, bytes)
    assert waits == [1, 2, 4, 8]


@pytest.mark.parametrize(
    ("told", "waited"),
    [("0", 0.0), ("Thu, 26 Nov 2020 12:00:00 GMT", 0.0), ("soon", 1.0), ("-5", 1.0), ("1.5", 1.0), ("", 1.0)],
)
def test_how_long_to_wait_is_a_number_a_moment_or_ours(register: Register, told: str, waited: float) -> None:
    answers = iter([(503, {"Retry-After": told}, b""), (200, {}, b"ok")])
    register.trouble = lambda asked, _: next(answers)
    waits: list[float] = []
    assert Polite(register.service, wait=waits.append).ask({}, bytes) == b"ok"
    assert waits == [waited]


@given(
    st.text(max_size=60)
    | st.builds("{}://{}".format, st.sampled_from(["http", "https", "ftp", "HTTP"]), st.text(max_size=30))
)
def test_any_text_is_an_address_that_may_be_asked_or_is_refused(text: str) -> None:
    try:
        at = checked(text)
    except FileRefused:
        return
    assert at.hostname
    assert at.geturl().isascii()
    assert not set(at.geturl()) & set(" \n\t\x00")
    assert at.scheme == "https" or at.hostname in ("localhost", "::1") or at.hostname.startswith("127.")


@given(st.binary(max_size=300))
def test_what_a_service_says_becomes_one_short_line(raw: bytes) -> None:
    for told in (said(raw), said(b"<ows:ExceptionText>" + raw)):
        assert len(told) <= 200
        assert told.isprintable()
