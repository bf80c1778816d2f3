"""GPX that others' readers take: elements in the order of the schema of GPX 1.1, and as GDAL reads it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.feeds import gpx
from server.model.values import Closure, Text
from tests.server.feeds.made import DAY, LICENCE, facility, place, route, taken

SPACE = "{http://www.topografix.com/GPX/1/1}"
# As http://www.topografix.com/GPX/1/1/gpx.xsd has them: children of each element in their order.
ORDER = {
    "gpx": ["metadata", "wpt", "rte", "trk", "extensions"],
    "metadata": ["name", "desc", "author", "copyright", "link", "time", "keywords", "bounds", "extensions"],
    "author": ["name", "email", "link"],
    "copyright": ["year", "license"],
    "link": ["text", "type"],
    "wpt": ["ele", "time", "magvar", "geoidheight", "name", "cmt", "desc", "src", "link", "sym", "type", "fix"],
    "trk": ["name", "cmt", "desc", "src", "link", "number", "type", "extensions", "trkseg"],
    "trkseg": ["trkpt", "extensions"],
    "trkpt": ["ele", "time"],
}
MUST = {"gpx": {"version", "creator"}, "wpt": {"lat", "lon"}, "trkpt": {"lat", "lon"}, "copyright": {"author"}, "link": {"href"},
        "bounds": {"minlat", "minlon", "maxlat", "maxlon"}}  # fmt: skip
ONCE = {"metadata", "name", "desc", "src", "type", "author", "copyright", "keywords", "bounds", "license", "text"}
MADE = {"places": gpx.places, "facilities": gpx.facilities, "routes": gpx.routes, "route": gpx.route}
READ = """
import json, sys, pyogrio
told = {}
for layer in ("waypoints", "tracks"):
    meta, _, geometry, fields = pyogrio.raw.read(sys.argv[1], layer=layer)
    told[layer] = {"crs": meta["crs"], "rows": len(geometry), **{n: list(map(str, c)) for n, c in zip(meta["fields"], fields)}}
print(json.dumps(told))
"""


def wrong(raw: bytes) -> list[str]:
    """What the schema would refuse."""
    root = ElementTree.fromstring(raw)
    assert root.tag == f"{SPACE}gpx"
    found = []
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        known, children = ORDER.get(name, []), [child.tag.removeprefix(SPACE) for child in element]
        if strange := [child for child in children if child not in known]:
            found.append(f"{name} has {strange}")
        elif children != sorted(children, key=known.index):
            found.append(f"{name} has its children in the order {children}")
        found += [f"{name} has two {child}" for child in ONCE if children.count(child) > 1]
        if missing := MUST.get(name, set()) - element.attrib.keys():
            found.append(f"{name} lacks {missing}")
        if known and known != ORDER["link"] and children and (element.text or "").strip():
            found.append(f"{name} has text")
        lat, lon = element.get("lat"), element.get("lon")
        if lat is not None and lon is not None and not (abs(float(lat)) <= 90 and abs(float(lon)) < 180):
            found.append(f"{name} is nowhere")
    return found


def every() -> Any:
    shut = Closure(from_=DAY, to=None, why=Text(da="Jagt & støj"))
    return taken(
        place(1, where=Text(da="Ved åen.")), place(2, form="online", point=None), facility(1), route(1, closures=(shut,)),
        origin="https://m.example.dk",
    )  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_it_is_what_the_schema_asks(name: str) -> None:
    assert wrong(MADE[name](every())) == []
    if name != "route":
        assert wrong(MADE[name](taken())) == []


def test_the_checker_sees_what_is_wrong() -> None:
    head = '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
    assert wrong(f'{head}<wpt lat="1" lon="2"><type>a</type><name>b</name></wpt></gpx>'.encode())
    assert wrong(f'{head}<wpt lat="1"/></gpx>'.encode())
    assert wrong(f"{head}<trk/><wpt lat='1' lon='2'/></gpx>".encode())


def test_gdal_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "route.gpx"
    path.write_bytes(gpx.route(every()))
    told = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=True)
    assert told.stderr == ""
    read = json.loads(told.stdout)
    assert (read["tracks"]["rows"], read["waypoints"]["rows"]) == (1, 2)
    assert read["tracks"]["crs"] == read["waypoints"]["crs"] == "EPSG:4326"
    assert read["tracks"]["name"] == ["Åstien"]
    assert read["tracks"]["src"] == ["Kommunens vandreruter"]
    assert "Jagt & støj" in read["tracks"]["desc"][0]
    assert read["waypoints"]["name"] == ["Bænken ved åen", "Bænk"]


def test_a_route_is_a_track_of_a_segment_for_each_stretch() -> None:
    root = ElementTree.fromstring(gpx.routes(every()))
    segments = root.findall(f"{SPACE}trk/{SPACE}trkseg")
    assert [len(segment) for segment in segments] == [2, 2]
    assert segments[0][0].attrib == {"lat": "54.77000", "lon": "11.87000"}


def test_the_file_says_whose_it_is_and_on_what_terms() -> None:
    root = ElementTree.fromstring(gpx.places(every()))
    told = root.find(f"{SPACE}metadata/{SPACE}copyright")
    assert told is not None
    assert told.get("author") == "Guldborgsund Kommune, Mødesteder"
    assert told.findtext(f"{SPACE}license") == LICENCE
    assert root.findtext(f"{SPACE}wpt/{SPACE}desc") == "Ved åen."


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(WORDS, WORDS, WORDS)
def test_any_text_makes_a_file_that_is_read(name: str, source: str, town: str) -> None:
    raw = gpx.routes(
        taken(route(name=Text(da=f"x{name}"), source=source), origin="https://m.example.dk", name=f"x{town}")
    )
    assert wrong(raw) == []
