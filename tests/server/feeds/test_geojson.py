"""GeoJSON that others' readers take: by RFC 7946, and as GDAL reads it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.feeds import geojson
from server.feeds.taken import Taken
from server.model.place import Place
from server.model.values import Access, Approach, Closure, Contact, Fact, FaultNote, Text
from tests.server.feeds.made import DAY, LICENCE, facility, id_of, place, route, taken
from tests.server.feeds.rfc7946 import wrong

MADE = {"places": geojson.places, "facilities": geojson.facilities, "routes": geojson.routes}
READ = """
import json, sys, pyogrio
info = pyogrio.read_info(sys.argv[1])
meta, _, geometry, fields = pyogrio.raw.read(sys.argv[1])
print(json.dumps({"crs": meta["crs"], "rows": len(geometry), "type": info["geometry_type"], "bounds": list(info["total_bounds"]),
  "fields": {name: [None if value is None else str(value) for value in column] for name, column in zip(meta["fields"], fields)}}))
"""


def as_gdal_reads(raw: bytes, path: Path) -> Any:
    """In a process of its own: GDAL's GEOS and SpatiaLite's do not go together."""
    path.write_bytes(raw)
    told = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    return json.loads(told.stdout)


def every() -> Taken:
    way = Approach(from_="road", name=Text(da="Vejen"), length_m=5, line="}jgmIuwmgAqBqD")
    shut = Closure(from_=DAY, to=None, why=Text(da="Jagt"))
    return taken(
        place(1, access=Access(step_free=Fact(value=True, source="Ruteguide", seen_on=DAY)), approaches=(way,)),
        place(2, form="online", point=None),
        facility(1, name=Text(da="Bænk på kajen", en="Bench on the quay")),
        facility(2, code=None),
        route(1, approaches=(way,), closures=(shut,)),
        route(2, stretches=route(2).stretches[:1]),
    )


@pytest.mark.parametrize("name", MADE)
def test_it_is_what_the_standard_asks(name: str) -> None:
    assert wrong(MADE[name](every())) == []
    assert wrong(MADE[name](taken())) == []


def test_the_checker_sees_what_is_wrong() -> None:
    good = json.loads(geojson.facilities(every()))
    for spoil, said in [
        ({"crs": {}}, "crs"), ({"bbox": [1, 2, 3, 4]}, "box"), ({"type": "Feature"}, "FeatureCollection"),
        ({"features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [54.7, 111.8]}}]}, "latitude"),
        ({"features": [{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[1, 2]]}}]}, "two"),
    ]:  # fmt: skip
        assert any(said in one for one in wrong(json.dumps(good | spoil).encode())), said


@pytest.mark.parametrize(("name", "type"), [("places", "Point"), ("facilities", "Point"), ("routes", "Unknown")])
def test_gdal_reads_it(name: str, type: str, tmp_path: Path) -> None:
    read = as_gdal_reads(MADE[name](every()), tmp_path / f"{name}.geojson")
    assert read["crs"] == "EPSG:4326"
    assert read["rows"] == 2
    assert read["type"] in (type, "MultiLineString", "LineString")
    west, south, east, north = read["bounds"]
    assert 11 < west <= east < 12.5
    assert 54.5 < south <= north < 55
    assert read["fields"]["id"] == [id_of(1), id_of(2)]


def test_unknown_is_not_there_and_known_has_its_source() -> None:
    first, second = json.loads(geojson.places(every()))["features"]
    assert first["properties"]["step_free"] is True
    assert first["properties"]["step_free_source"] == "Ruteguide"
    assert first["properties"]["step_free_seen_on"] == "2026-05-12"
    assert "door_cm" not in first["properties"]
    assert second["geometry"] is None


def test_the_file_says_whose_it_is_and_on_what_terms() -> None:
    told = json.loads(geojson.places(taken(place(), demo=True, origin="https://m.example.dk")))
    assert (told["license"], told["license_title"]) == (LICENCE, "CC BY 4.0")
    assert told["attribution"] == "Guldborgsund Kommune, Mødesteder"
    assert told["demo"] is True
    assert "opdigtet" in told["note"]
    assert told["features"][0]["properties"]["page"] == "https://m.example.dk/steder/baenk-1"
    assert "demo" not in json.loads(geojson.places(taken(place())))


def test_neither_who_to_ask_nor_what_is_broken_is_in_it() -> None:
    fault = FaultNote(what="broken", since=DAY, state="reported")
    body = place(contact=Contact(name="Kirsten Holm", phone="54 73 10 00"), faults=(fault,))
    text = geojson.places(taken(body)).decode()
    for secret in ("Kirsten", "54 73", "broken", "fault"):
        assert secret not in text


def test_a_route_says_of_each_line_what_is_known_of_it() -> None:
    told = json.loads(geojson.routes(every()))["features"][0]
    assert len(told["geometry"]["coordinates"]) == len(told["properties"]["stretches"]) == 2
    assert told["properties"]["stretches"][0]["surface"] == {
        "value": "firm",
        "source": "Ruteguide",
        "seen_on": "2026-05-12",
    }
    assert (told["properties"]["surface_firm_m"], told["properties"]["surface_unknown_m"]) == (50, 50)
    assert told["properties"]["closures"] == "2026-05-12/.. Jagt"
    assert told["properties"]["approaches"][0]["name"] == {"da": "Vejen"}


WORDS = st.text(min_size=1, max_size=60).map(lambda s: f"x{s}")


@given(WORDS, WORDS)
def test_any_text_makes_a_file_that_is_read(name: str, source: str) -> None:
    plain = name.encode("utf-8", "replace").decode()
    body: Place = place(name=Text(da=plain), where=Text(da=source.encode("utf-8", "replace").decode()))
    raw = geojson.places(taken(body))
    assert wrong(raw) == []
    told = json.loads(raw)["features"][0]["properties"]["name"]
    assert not any(ord(c) < 32 and c not in "\t\n" for c in told)
