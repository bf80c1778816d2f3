"""Bodies encode exactly as docs/wire.md has them, and values refuse what can not be right."""

import datetime
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from server.model.hours import Except, Hours, Weekly
from server.model.ids import imported_id
from server.model.kinds import KINDS
from server.model.measure import slope_pct, step_cm, width_cm
from server.model.place import Dissolved, Place, SavePlace
from server.model.site import Site
from server.model.slug import slug
from server.model.values import Access, Closure, Fact, Season, Text

FIELDS = {
    "place": "id slug form state name where amenities ground purpose activities point route_id url surface access way_in "
    "approaches hours contact first_time guests_welcome appointed_on facility_ids organiser_id photos faults closures staff",
    "dissolved": "id slug form state name point dissolved_on why successor_id staff",
    "facility": "id code type_text name point access season open_24h source faults",
    "route": "id slug name modes length_m loop source season approaches faults closures stretches near place_ids",
    "organiser": "id slug name url staff",
    "event": "id slug name about place_id route_id url where point organiser_id host price free bring access themes level newcomers "
    "state why tz rule split_from times staff",
    "settings": "name code demo bounds land towns languages help holidays shown_codes transport quiet colours launch seen_months "
    "school_holidays events_at_once",
    "notice": "id to title body state at staff",
    "fault": "id subject what since state text photos reported_by taken_by answer shown",
}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_body_has_the_fields_of_the_wire_in_their_order(kind: str) -> None:
    struct = Dissolved if kind == "dissolved" else KINDS[kind][0]
    assert [f.encode_name for f in msgspec.structs.fields(struct)] == FIELDS[kind].split()


def test_nulls_are_there_and_only_other_languages_may_be_absent() -> None:
    assert msgspec.to_builtins(Text(da="Bænk")) == {"da": "Bænk"}
    assert msgspec.json.encode(Access()) == (
        b'{"step_free":null,"width_cm":null,"kerb_cm":null,"gate_cm":null,"slope_pct":null,"door_cm":null}'
    )
    assert set(msgspec.to_builtins(Site(name=Text(da="G"), code="376"))) == set(FIELDS["settings"].split())


def test_from_travels_under_its_own_name() -> None:
    assert msgspec.to_builtins(Season(from_="05-01", through="09-30")) == {"from": "05-01", "through": "09-30"}
    closure = Closure(from_=datetime.date(2026, 3, 2), why=Text(da="Jagt"))
    assert msgspec.json.encode(closure) == (b'{"from":"2026-03-02","to":null,"why":{"da":"Jagt"},"stretch_ids":null}')


@pytest.mark.parametrize(
    "body",
    [
        {"value": True, "source": "GeoFA 5802"},
        {"value": True, "seen_on": "2024-05-01"},
        {"value": True, "source": "", "seen_on": "2024-05-01"},
        {"value": None, "source": "GeoFA 5802", "seen_on": "2024-05-01"},
        {"value": True, "source": "GeoFA 5802", "seen_on": "2024-02-30"},
    ],
)
def test_a_fact_never_stands_without_value_source_and_date(body: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, Fact[bool])


@pytest.mark.parametrize(
    "words", [{}, {"en": "Bench"}, {"da": ""}, {"da": "  \n"}, {"da": "Bænk", "en": " "}, {"da": "x" * 4001}]
)
def test_a_text_always_has_danish(words: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(words, Text)


def test_periods_of_the_vectors_that_are_invalid_are_refused(vector: Callable[[str], Any]) -> None:
    for told in vector("hours")["invalid"]:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(told["period"], Weekly)


def test_hours_of_the_vectors_are_read_and_written_as_they_were(vector: Callable[[str], Any]) -> None:
    for told in vector("hours")["cases"]:
        again = msgspec.json.encode(msgspec.convert(told["hours"], Hours | None))
        assert msgspec.json.decode(again) == told["hours"], told["case"]


@pytest.mark.parametrize(
    ("opens", "closes", "fine"),
    [
        ("22:00", "02:00", True),
        ("00:00", "24:00", True),
        ("09:00", "09:00", False),
        ("24:00", "02:00", False),
        ("9:00", "10:00", False),
        ("09:00", "10:00\n", False),
    ],
)
def test_a_period_may_run_over_midnight_but_not_last_no_time(opens: str, closes: str, fine: bool) -> None:
    period = {"days": ["fr"], "opens": opens, "closes": closes}
    if fine:
        assert msgspec.convert(period, Weekly).closes == closes
    else:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(period, Weekly)


@pytest.mark.parametrize("day", ["02-29", "12-31", "01-01", "04-30"])
def test_days_of_a_season_are_days_that_there_are(day: str) -> None:
    assert msgspec.convert({"from": day, "through": "03-01"}, Season).from_ == day


@pytest.mark.parametrize("day", ["02-30", "04-31", "13-01", "00-10", "5-1", "05-00"])
def test_days_that_there_are_not_are_refused(day: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"from": day, "through": "03-01"}, Season)


def test_a_weekly_period_has_both_ends_of_its_season_or_none() -> None:
    half = {"days": ["mo"], "opens": "09:00", "closes": "10:00", "from": "05-01"}
    with pytest.raises(msgspec.ValidationError, match="Skriv både"):
        msgspec.convert(half, Weekly)
    assert msgspec.convert({**half, "through": "10-01"}, Weekly).through == "10-01"


def test_an_exception_is_closed_or_has_both_times() -> None:
    assert msgspec.convert({"date": "2026-12-24", "opens": None, "closes": None}, Except).opens is None
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"date": "2026-12-24", "opens": "10:00", "closes": None}, Except)


def test_a_closure_does_not_end_before_it_begins() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"from": "2026-03-02", "to": "2026-03-01", "why": {"da": "Jagt"}}, Closure)


def test_a_width_is_rounded_down_and_a_step_up() -> None:
    assert (width_cm(90.9), width_cm(0.85 * 100), step_cm(2.1), step_cm(7), slope_pct(4.01)) == (90, 85, 3, 7, 4.1)
    for bad in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="no length"):
            width_cm(bad)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Bænken på Søtoften", "baenken-paa-soetoften"),
        ("Plads; med  semikolon!", "plads-med-semikolon"),
        ("Café Müller é", "cafe-muller-e"),
        ("...", "sted"),
        ("ÆØÅ", "aeoeaa"),
        ("x" * 100, "x" * 60),
        ("Åen", "aaen"),  # decomposed: a and a ring
    ],
)
def test_a_slug_is_plain_letters(name: str, address: str) -> None:
    assert slug(name) == address


def test_what_is_imported_keeps_its_id(vector: Callable[[str], Any]) -> None:
    for told in vector("ids")["ids"]:
        assert imported_id(told["source"], told["type"], told["key"]) == told["id"]


def test_a_set_tells_what_is_absent_from_what_is_null() -> None:
    given = msgspec.convert({"set": {"where": None}}, SavePlace).set
    assert given.where is None
    assert given.purpose is UNSET
    with pytest.raises(msgspec.ValidationError, match="unknown field `state`"):
        msgspec.convert({"set": {"state": "active"}}, SavePlace)


def test_a_place_out_of_json_is_the_same_place() -> None:
    line = (
        b'{"id":"019d2fff-0000-7000-8000-000000000001","slug":"b","form":"spot","state":"active","name":{"da":"B"},"where":null,'
        b'"amenities":null,"ground":null,"purpose":null,"activities":null,"point":[11.8745,54.769],"route_id":null,"url":null,'
        b'"surface":{"value":"firm","source":"GeoFA 5802","seen_on":"2024-05-01"},"access":{"step_free":null,"width_cm":null,'
        b'"kerb_cm":null,"gate_cm":null,"slope_pct":null,"door_cm":null},"way_in":null,"approaches":[],"hours":null,"contact":null,'
        b'"first_time":null,"guests_welcome":null,"appointed_on":null,"facility_ids":[],"organiser_id":null,"photos":[],'
        b'"faults":[],"closures":[]}'
    )
    assert msgspec.json.encode(msgspec.json.decode(line, type=Place)) == line


@pytest.mark.parametrize("words", [" ", "\u00a0\t\n", "\u200b", " \u202e\u2066 ", "\ufeff"])
def test_a_text_that_nobody_can_see_is_empty(words: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="Teksten er tom"):
        msgspec.convert({"da": words}, Text)
    assert msgspec.convert({"da": f"{words}🪑"}, Text).da.endswith("🪑")
