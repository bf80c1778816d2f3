"""A stand-in for GeoFA's service on this machine: WFS 2.0 over made-up rows, and the ways in which such a service goes wrong."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

from server.formats.refusal import FileRefused
from server.formats.register import wfs
from server.formats.register.wfs import Fetched

LAYERS = {"5800": "t_5800_fac_pkt", "5801": "t_5801_fac_fl", "5802": "t_5802_fac_li"}
E0, N0 = 684_000.0, 6_073_000.0
Answer = tuple[int, dict[str, str], bytes]


def bench(number: int, code: int = 376, /, **more: Any) -> dict[str, Any]:
    """A row of 5800: a bench in Guldborgsund."""
    key = f"00000000-0000-4000-8000-{number:012}"
    return {
        "objekt_id": key,
        "kommunekode": code,
        "cvr_kode": 29188599,
        "facil_ty_k": 1371,
        "off_kode": 1,
        "statuskode": 3,
    } | more


class Register:
    """`rows` by table. `trouble` may answer in the service's place: it is given the question and how many came before it."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {"5800": [], "5801": [], "5802": []}
        self.format: Literal["json", "gml"] = "json"
        self.most = 10_000
        self.told = True
        self.sloppy = False
        self.asked: list[dict[str, str]] = []
        self.trouble: Callable[[dict[str, str], int], Answer | bytes | None] = lambda asked, number: None
        self.service = ""

    def pages(self, table: str = "5800") -> list[int]:
        """The startIndex of each page that was asked of a layer."""
        return [
            int(one["startIndex"])
            for one in self.asked
            if LAYERS[table] in one.get("typeNames", "") and "startIndex" in one
        ]

    def answer(self, asked: dict[str, str]) -> Answer:
        if asked["request"] == "GetCapabilities":
            return 200, {}, self.capabilities()
        table = next(table for table, layer in LAYERS.items() if asked["typeNames"].endswith(layer))
        code = re.search(r"<fes:Literal>(\d+)<", asked["filter"])
        assert code
        assert "kommunekode" in asked["filter"]
        rows = [row for row in self.rows[table] if self.sloppy or str(row["kommunekode"]) == code[1]]
        if asked.get("resultType") == "hits":
            return 200, {}, self.gml(table, [], len(rows))
        assert asked["sortBy"] == "objekt_id"
        assert asked["srsName"].endswith("25832")
        start = int(asked["startIndex"])
        some = sorted(rows, key=lambda row: str(row["objekt_id"]))[start : start + min(int(asked["count"]), self.most)]
        if "json" in asked.get("outputFormat", ""):
            return 200, {}, self.json(some, len(rows))
        return 200, {}, self.gml(table, some, len(rows))

    def capabilities(self) -> bytes:
        formats = ["application/gml+xml; version=3.2", *(["application/json"] if self.format == "json" else [])]
        values = "".join(f"<ows:Value>{name}</ows:Value>" for name in formats)
        layers = "".join(f"<FeatureType><Name>fkg:fkg.{name}</Name></FeatureType>" for name in LAYERS.values())
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
<ows:OperationsMetadata><ows:Operation name="GetFeature"><ows:Parameter name="outputFormat"><ows:AllowedValues>{values}</ows:AllowedValues>
</ows:Parameter></ows:Operation></ows:OperationsMetadata><FeatureTypeList>{layers}</FeatureTypeList></wfs:WFS_Capabilities>""".encode()

    def json(self, rows: list[dict[str, Any]], matched: int) -> bytes:
        features = [
            {"type": "Feature", "properties": {k: v for k, v in row.items() if k != "at"}, "geometry": shape(row)}
            for row in rows
        ]
        told = {"numberMatched": matched if self.told else "unknown", "numberReturned": len(rows)}
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
        return json.dumps({"type": "FeatureCollection", **told, "crs": crs, "features": features}).encode()

    def gml(self, table: str, rows: list[dict[str, Any]], matched: int) -> bytes:
        layer = f"fkg.{LAYERS[table]}"
        members = []
        for number, row in enumerate(rows):
            fields = "".join(f"<fkg:{k}>{escape(str(v))}</fkg:{k}>" for k, v in row.items() if k != "at")
            key = row["objekt_id"]
            inner = f"<fkg:geometri>{drawn(shape(row), f'g{number}.{key}')}</fkg:geometri>{fields}"
            members.append(f'<wfs:member><fkg:{layer} gml:id="{layer}.{key}">{inner}</fkg:{layer}></wfs:member>')
        told = matched if self.told else "unknown"
        return f"""<?xml version='1.0' encoding="UTF-8" ?>
<wfs:FeatureCollection xmlns:fkg="https://geofa.geodanmark.dk" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:wfs="http://www.opengis.net/wfs/2.0" timeStamp="2026-11-26T12:00:00" numberMatched="{told}" numberReturned="{len(rows)}">
{"".join(members)}</wfs:FeatureCollection>""".encode()


def shape(row: dict[str, Any]) -> dict[str, Any]:
    number = int(str(row["objekt_id"])[-6:]) if str(row["objekt_id"])[-6:].isdigit() else 0
    return row.get("at") or {"type": "Point", "coordinates": [E0 + number % 100 * 20, N0 + number // 100 * 20]}


def drawn(geometry: dict[str, Any], name: str) -> str:
    """A geometry as GML 3.2: a point, a line of several parts, or a surface of several."""

    def points(every: Any) -> str:
        return " ".join(f"{x} {y}" for x, y in every)

    told = f'gml:id="{name}" srsName="urn:ogc:def:crs:EPSG::25832"'
    parts = geometry["coordinates"]
    if geometry["type"] == "Point":
        return f"<gml:Point {told}><gml:pos>{points([parts])}</gml:pos></gml:Point>"
    if geometry["type"] == "MultiLineString":
        lines = (
            f'<gml:LineString gml:id="{name}.{n}"><gml:posList>{points(part)}</gml:posList></gml:LineString>'
            for n, part in enumerate(parts)
        )
        return f"<gml:MultiCurve {told}>{''.join(f'<gml:curveMember>{line}</gml:curveMember>' for line in lines)}</gml:MultiCurve>"
    rings = (
        f"<gml:exterior><gml:LinearRing><gml:posList>{points(part[0])}</gml:posList></gml:LinearRing></gml:exterior>"
        for part in parts
    )
    surfaces = (f'<gml:Polygon gml:id="{name}.{n}">{ring}</gml:Polygon>' for n, ring in enumerate(rings))
    return f"<gml:MultiSurface {told}>{''.join(f'<gml:surfaceMember>{one}</gml:surfaceMember>' for one in surfaces)}</gml:MultiSurface>"


def exception(text: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?><ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
<ows:Exception exceptionCode="InvalidParameterValue" locator="sortBy"><ows:ExceptionText>{escape(text)}</ows:ExceptionText>
</ows:Exception></ows:ExceptionReport>""".encode()


@contextmanager
def standing_in() -> Iterator[Register]:
    """The register, listening as long as the `with` lasts."""
    register = Register()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            before = len(register.asked)
            register.asked.append(asked)
            troubled = register.trouble(asked, before)
            if isinstance(troubled, bytes):  # a connection that ends in the middle
                self.wfile.write(troubled)
                return
            status, headers, body = troubled or register.answer(asked)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # who asked has seen enough
                self.wfile.write(body)

        def log_message(self, format: str, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    register.service = f"http://127.0.0.1:{server.server_address[1]}/ows/fkg/fkg"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Fetching:
    """Fetches into a folder of its own, with short pages, without waiting."""

    def __init__(self, register: Register, folder: Path) -> None:
        self.register, self.folder = register, folder
        self.waits: list[float] = []
        self.told: list[str] = []
        self.progress: list[tuple[str, int, int | None]] = []
        self.clock = 1_000_000.0

    def __call__(self, code: str = "376") -> list[Fetched]:
        return wfs.fetch(
            self.register.service, code, self.folder, wait=self.waits.append, say=self.told.append,
            progress=lambda *step: self.progress.append(step), now=lambda: self.clock,
        )  # fmt: skip

    def refused(self, *words: str) -> None:
        with pytest.raises(FileRefused) as why:
            self()
        for word in words:
            assert word in str(why.value), why.value
        assert not list(self.folder.glob("GeoFA 5800.*"))
