"""GeoFA by its service: all of it or nothing, whatever the service does; what is here already is not asked for again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.formats.refusal import FileRefused
from server.formats.register import polite, wfs
from server.formats.register.wfs import Fetched
from server.formats.register.wfs_page import page
from tests.server.formats.register.standing import Answer, Fetching, Register, bench, exception, standing_in


@pytest.fixture
def register() -> Iterator[Register]:
    with standing_in() as found:
        yield found


@pytest.fixture
def fetching(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetching:
    monkeypatch.setattr(wfs, "PAGE_ROWS", 10)
    register.rows["5800"] = [*(bench(number) for number in range(25)), bench(900, 360)]
    return Fetching(register, tmp_path / "geofa")


def keys(fetched: Fetched) -> list[str]:
    assert fetched.file
    features = json.loads(fetched.file.read_bytes())["features"]
    return [feature["properties"]["objekt_id"] for feature in features]


def fac(asked: dict[str, str], at: int | None = None) -> bool:
    """Whether a page of 5800 is asked for (the one that begins at `at`)."""
    page = "5800" in asked.get("typeNames", "") and "startIndex" in asked
    return page and (at is None or asked["startIndex"] == str(at))


def test_pages_of_one_municipality_become_one_file_a_layer(fetching: Fetching, register: Register) -> None:
    points, areas, lines = fetching()
    assert keys(points) == [bench(number)["objekt_id"] for number in range(25)]
    assert (points.source, points.rows) == ("GeoFA 5800", 25)
    assert [(one.table, one.rows, one.file) for one in (areas, lines)] == [("5801", 0, None), ("5802", 0, None)]
    assert register.pages() == [0, 10, 20]
    assert ("5800", 10, 25) in fetching.progress


def test_a_service_that_does_not_say_how_many_is_asked_until_a_page_is_empty(
    fetching: Fetching, register: Register
) -> None:
    register.told = False
    assert len(keys(fetching()[0])) == 25
    assert register.pages() == [0, 10, 20, 25]
    assert ("5800", 10, None) in fetching.progress


def test_a_service_that_gives_fewer_at_a_time_is_asked_for_as_many(fetching: Fetching, register: Register) -> None:
    register.most = 7
    assert len(keys(fetching()[0])) == 25
    assert register.pages() == [0, 7, 14, 21]


def test_a_service_without_geojson_is_read_as_gml(fetching: Fetching, register: Register) -> None:
    register.format = "gml"
    register.rows["5800"][3]["navn"] = "Bænken & <bordet>"
    (points, *_) = fetching()
    assert points.file
    text = points.file.read_text(encoding="utf-8")
    assert text.count("<wfs:member>") == 25
    assert 'numberReturned="25"' in text
    assert "Bænken &amp; &lt;bordet&gt;" in text
    assert len(page(points.file.read_bytes(), "gml").features) == 25


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_service_that_is_busy_is_asked_again_after_as_long_as_it_says(
    fetching: Fetching, register: Register, status: int
) -> None:
    tries = iter([True, True])
    register.trouble = lambda asked, _: (
        (status, {"Retry-After": "7"}, b"<title>busy</title>") if fac(asked, 10) and next(tries, False) else None
    )
    assert len(keys(fetching()[0])) == 25
    assert fetching.waits == [7, 7]
    assert str(status) in fetching.told[0]


def test_waiting_grows_and_ends_and_what_is_here_is_kept(fetching: Fetching, register: Register) -> None:
    register.trouble = lambda asked, _: (503, {}, b"") if fac(asked, 10) else None
    fetching.refused("503", "5 gange", "gemt")
    assert fetching.waits == [1, 2, 4, 8]
    assert register.pages() == [0, 10, 10, 10, 10, 10]


def test_a_service_that_asks_for_an_hour_is_taken_at_its_word(fetching: Fetching, register: Register) -> None:
    register.trouble = lambda asked, _: (503, {"Retry-After": "3600"}, b"") if fac(asked) else None
    fetching.refused("3600 sekunder")
    assert fetching.waits == []


CUT = b"HTTP/1.0 200 OK\r\nContent-Length: 9999\r\n\r\n" + b'{"type":"FeatureCollection","features":['
NO_LENGTH = b"HTTP/1.0 200 OK\r\n\r\n" + b'{"type":"FeatureCollection","features":['


@pytest.mark.parametrize("cut", [CUT, NO_LENGTH, b"HTTP/1.0 200 OK\r\n", b"", b"\x00garbage\r\n\r\n"])
def test_an_answer_that_is_cut_in_the_middle_is_asked_for_again(
    fetching: Fetching, register: Register, cut: bytes
) -> None:
    tries = iter([cut])
    register.trouble = lambda asked, _: next(tries, None) if fac(asked, 10) else None
    assert len(keys(fetching()[0])) == 25
    assert fetching.waits == [1]


def test_what_was_cut_off_goes_on_where_it_was(fetching: Fetching, register: Register) -> None:
    register.trouble = lambda asked, _: (404, {}, b"") if fac(asked, 20) else None
    fetching.refused("404")
    register.trouble = lambda asked, _: None
    register.asked.clear()
    assert len(keys(fetching()[0])) == 25
    assert register.pages() == [20]


def test_a_page_that_was_spoilt_on_the_disk_and_those_after_it_are_asked_for_again(
    fetching: Fetching, register: Register
) -> None:
    fetching()
    second = sorted((fetching.folder / "5800").glob("side-*"))[1]
    second.write_bytes(second.read_bytes()[:-20])
    register.asked.clear()
    assert len(keys(fetching()[0])) == 25
    assert register.pages() == [10, 20]


@pytest.mark.parametrize("then", ["a day", "another number"])
def test_pages_that_can_be_of_another_day_are_not_used(fetching: Fetching, register: Register, then: str) -> None:
    fetching()
    if then == "a day":
        fetching.clock += 25 * 3600
    else:
        register.rows["5800"].append(bench(30))
    register.asked.clear()
    fetching()
    assert register.pages() == [0, 10, 20]


def test_a_register_that_changes_on_the_way_is_refused_and_the_next_try_begins_anew(
    fetching: Fetching, register: Register
) -> None:
    def grow(asked: dict[str, str], _: int) -> Answer | None:
        if fac(asked, 20):
            register.rows["5800"].append(bench(500 + len(register.rows["5800"])))
        return None

    register.trouble = grow
    fetching.refused("ændret undervejs", "25", "26")
    register.trouble = lambda asked, _: None
    register.asked.clear()
    assert len(keys(fetching()[0])) == 26
    assert register.pages() == [0, 10, 20]


def altered(register: Register, asked: dict[str, str], **members: Any) -> Answer:
    status, headers, body = register.answer(asked)
    return status, headers, json.dumps(json.loads(body) | members).encode()


def test_a_short_page_and_an_empty_one_are_refused(fetching: Fetching, register: Register) -> None:
    def short(asked: dict[str, str], _: int) -> Answer | None:
        if not fac(asked, 10):
            return None
        features = json.loads(register.answer(asked)[2])["features"]
        return altered(register, asked, features=features[:left], numberReturned=left)

    register.trouble = short
    left = 4
    fetching.refused("har 4 objekter", "skulle have 10")
    left = 0
    fetching.refused("er tom")


def test_a_page_that_has_another_number_than_it_says_is_asked_for_again_and_then_refused(
    fetching: Fetching, register: Register
) -> None:
    register.trouble = lambda asked, _: altered(register, asked, numberReturned=9) if fac(asked, 10) else None
    fetching.refused("siger, at det har 9", "har 10")
    assert len(fetching.waits) == 4


def test_a_service_that_gives_the_same_page_for_ever_is_found_out(fetching: Fetching, register: Register) -> None:
    register.told = False
    first = {"startIndex": "0"}
    register.trouble = lambda asked, n: (
        (404, {}, b"") if n > 9 else register.answer(asked | first) if fac(asked) else None
    )
    fetching.refused("hentet i forvejen")
    assert register.pages() == [0, 10]


def test_pages_without_end_come_to_one(fetching: Fetching, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wfs, "ROWS_MOST", 100)
    register.told = False

    def more(asked: dict[str, str], _: int) -> Answer | None:
        if fac(asked):
            start = int(asked["startIndex"])
            return 200, {}, register.json([bench(start + n) for n in range(10)], 0)
        return None

    register.trouble = more
    fetching.refused("over 100 objekter")
    assert len(register.pages()) == 11


def test_things_of_another_municipality_and_things_without_a_key_are_refused(
    fetching: Fetching, register: Register
) -> None:
    register.sloppy = True
    fetching.refused("kommune 360", "376")
    register.sloppy = False
    register.rows["5800"][7]["objekt_id"] = None
    fetching.refused("intet objekt_id")


def test_more_than_was_asked_for_is_refused(fetching: Fetching, register: Register) -> None:
    register.trouble = lambda asked, _: register.answer(asked | {"count": "20"}) if fac(asked) else None
    fetching.refused("har 20 objekter", "bedt om 10")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
DEEP = b"<wfs:FeatureCollection>" + b"<a>" * 300


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (
            200,
            exception("Sorting by objekt_id\nis not possible"),
            ["siger nej", "Sorting by objekt_id is not possible"],
        ),
        (400, exception("Invalid filter"), ["400", "Invalid filter"]),
        (200, b"<html><title>Velkommen</title></html>", ["html"]),
        (200, BOMB, ["DOCTYPE"]),
        (200, DEEP, ["200 lag"]),
        (200, '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), ["UTF"]),
        (403, b"<h1>no</h1>", ["403", "--service"]),
        (302, b"", ["302"]),
    ],
)
def test_what_is_no_page_of_things_is_told_in_words(
    fetching: Fetching, register: Register, status: int, body: bytes, words: list[str]
) -> None:
    register.format = "gml" if body.startswith(b"\xff\xfe") else "json"
    register.trouble = lambda asked, _: (status, {}, body) if fac(asked) else None
    fetching.refused(*words)
    assert fetching.waits == []


def test_json_that_is_not_whole_is_asked_for_again_and_then_refused(fetching: Fetching, register: Register) -> None:
    for body in (
        b"[" * 100_000,
        b'{"type":"FeatureCollection"}',
        b'{"features":[{"properties":"x"}],"type":"F"}',
        b"\xff",
    ):
        register.trouble = lambda asked, _, body=body: (200, {}, body) if fac(asked) else None  # type: ignore[misc]
        fetching.refused("hel GeoJSON")


def test_an_answer_that_is_too_large_is_left(
    fetching: Fetching, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polite, "PAGE_MOST", 1 << 20)
    register.trouble = lambda asked, _: (200, {}, b" " * (2 << 20)) if fac(asked) else None
    fetching.refused("MB")


def test_a_service_that_goes_silent_is_not_waited_for(
    fetching: Fetching, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polite, "QUIET_S", 0.05)
    import threading

    done = threading.Event()

    def silent(asked: dict[str, str], _: int) -> Answer | None:
        if fac(asked):
            done.wait(20)
        return None

    register.trouble = silent
    try:
        fetching.refused("gange")
    finally:
        done.set()
    assert fetching.waits == [1, 2, 4, 8]


def test_another_host_is_not_followed_and_another_path_on_the_same_one_is(
    fetching: Fetching, register: Register
) -> None:
    away = f"http://127.0.0.2:{register.service.split(':')[2].split('/')[0]}/x"
    register.trouble = lambda asked, _: (302, {"Location": away}, b"") if "moved" not in asked else None
    fetching.refused("anden adresse", "127.0.0.2")
    assert len(register.asked) == 1

    def moved(asked: dict[str, str], _: int) -> Answer | None:
        if asked["request"] == "GetCapabilities" and "moved" not in asked:
            return 302, {"Location": "/nyt?service=WFS&request=GetCapabilities&moved=1"}, b""
        return None

    register.trouble = moved
    assert len(keys(fetching()[0])) == 25


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("http://geofa.example.dk/ows", "https"),
        ("https://user:word@geofa.example.dk/ows", "adgangskode"),
        ("file:///etc/passwd", "adresse"),
        ("geofa", "adresse"),
        ("https://geofa.example.dk:port/", "adresse"),
        ("https://geofa.example.dk/\nHost: x", "adresse"),
    ],
)
def test_an_address_that_may_not_be_asked_is_refused_before_anything(tmp_path: Path, service: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        wfs.fetch(service, "376", tmp_path)


def test_a_service_without_the_layer_says_so(fetching: Fetching, register: Register) -> None:
    register.trouble = lambda asked, _: (
        (200, {}, register.capabilities().replace(b"t_5800_fac_pkt", b"t_5700_x"))
        if asked["request"] == "GetCapabilities"
        else None
    )
    fetching.refused("t_5800_fac_pkt", "--service")
