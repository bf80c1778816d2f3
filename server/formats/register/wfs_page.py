"""What a WFS answers: its list of layers, a page of features, a number of hits, a report of what went wrong. Only what tells whether a
page is whole is looked at here, never its geometry: that is for the limited reader. XML with a document type is refused unread."""

import re
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple
from xml.parsers import expat

import msgspec

from server.formats.refusal import FileRefused
from server.formats.register.polite import Broken, said

Format = Literal["geojson", "gml"]
KEY: Final = "objekt_id"
MUNICIPALITY: Final = "kommunekode"
DEEPEST: Final = 200


class Page(NamedTuple):
    """A page that is whole: each feature's key and municipality, each feature's own bytes, how many the register has in all (None: it
    does not say), and for GeoJSON the `crs` it names, for GML what stands before its first feature."""

    keys: list[str]
    municipalities: list[str]
    features: list[bytes]
    matched: int | None
    head: bytes


class Capabilities(NamedTuple):
    """What a service offers: layers by name, formats of GetFeature."""

    layers: list[str]
    formats: list[str]


class _Feature(msgspec.Struct):
    properties: dict[str, Any] | None = None


class _Collection(msgspec.Struct):
    type: str
    features: list[msgspec.Raw]
    crs: msgspec.Raw = msgspec.Raw(b"")
    numberMatched: int | str | None = None  # noqa: N815  their names
    numberReturned: int | None = None  # noqa: N815


class _Tree:
    """Walks an XML document once: a path of local names, `text` of the innermost element. Subclasses do what is wanted."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.path: list[str] = []
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text.append
        self.parser.StartDoctypeDeclHandler = self._no_doctype
        self.parser.XmlDeclHandler = self._declared
        try:
            self.parser.Parse(raw, True)
        except expat.ExpatError as error:
            raise Broken(f"svaret er ikke hel XML ({error}).") from error

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str, text: str) -> None: ...

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.path.append(local)
        if len(self.path) > DEEPEST:
            raise FileRefused(f"svaret har XML i over {DEEPEST} lag, og det læses ikke.")
        self.text.clear()
        self.start(local, attributes)

    def _end(self, name: str) -> None:
        self.end(self.path[-1], "".join(self.text).strip())
        self.text.clear()
        self.path.pop()

    def _no_doctype(self, *_: object) -> None:
        raise FileRefused("svaret har en DOCTYPE, og sådan XML læses ikke.")

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower().replace("-", "") not in ("utf8", "usascii"):
            raise FileRefused(f"svaret er i tegnsættet {encoding[:20]}; kun UTF-8 læses.")


class _Capabilities(_Tree):
    def __init__(self, raw: bytes) -> None:
        self.layers: list[str] = []
        self.formats: list[str] = []
        self.operation = self.parameter = ""
        super().__init__(raw)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Operation":
            self.operation = attributes.get("name", "")
        elif name == "Parameter":
            self.parameter = attributes.get("name", "")

    def end(self, name: str, text: str) -> None:
        if self.path[-2:] == ["FeatureType", "Name"]:
            self.layers.append(text)
        elif name == "Value" and (self.operation, self.parameter.lower()) == ("GetFeature", "outputformat"):
            self.formats.append(text)


class _Gml(_Tree):
    def __init__(self, raw: bytes) -> None:
        self.root: dict[str, str] = {}
        self.features: list[bytes] = []
        self.keys: list[str] = []
        self.municipalities: list[str] = []
        self.first: int | None = None
        self.begun = 0
        super().__init__(raw)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        if len(self.path) == 1:
            if name != "FeatureCollection":
                raise FileRefused(_report(self.raw) or f"tjenesten svarede med {name[:40]!r} i stedet for objekter.")
            self.root = attributes
        elif len(self.path) == 2 and name in ("member", "featureMember"):
            self.begun = at
            self.first = at if self.first is None else self.first
            self.keys.append("")
            self.municipalities.append("")
        elif len(self.path) == 2 and name == "featureMembers":
            raise FileRefused("tjenesten svarer efter en ældre udgave af WFS end 2.0, og den læses ikke.")

    def end(self, name: str, text: str) -> None:
        if len(self.path) == 2 and name in ("member", "featureMember"):
            end = self.raw.index(b">", self.parser.CurrentByteIndex) + 1
            self.features.append(self.raw[self.begun : end])
        elif len(self.path) == 4 and self.keys:
            if name.lower() == KEY:
                self.keys[-1] = text
            elif name.lower() == MUNICIPALITY:
                self.municipalities[-1] = text


def capabilities(raw: bytes) -> Capabilities:
    """What the service offers. Raises Broken, FileRefused."""
    found = _Capabilities(raw)
    if not found.layers:
        raise FileRefused(_report(raw) or "svaret er ikke en liste af lag fra en WFS. Se efter, om adressen er rigtig.")
    return Capabilities(found.layers, found.formats)


def hits(raw: bytes) -> int | None:
    """How many features there are; None where the service does not say. Raises Broken, FileRefused."""
    return _number(_Gml(raw).root.get("numberMatched"))


def page(raw: bytes, format: Format) -> Page:
    """A page of features. Raises Broken where it is not whole, FileRefused where it is something else."""
    if format == "gml" or raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        gml = _Gml(raw)
        if format == "geojson":
            raise FileRefused("tjenesten lovede GeoJSON og svarede med XML.")
        _count(gml.root.get("numberReturned"), len(gml.features))
        head = raw[: gml.first] if gml.first is not None else b""
        return Page(gml.keys, gml.municipalities, gml.features, _number(gml.root.get("numberMatched")), head)
    try:
        found = msgspec.json.decode(raw, type=_Collection)
        raw.decode()
        properties = [msgspec.json.decode(one, type=_Feature).properties or {} for one in found.features]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Broken(f"svaret er ikke hel GeoJSON ({str(error)[:100]}).") from error
    if found.type != "FeatureCollection":
        raise FileRefused(f"tjenesten svarede med {found.type[:40]!r} i stedet for objekter.")
    _count(found.numberReturned, len(found.features))
    named = [{str(name).lower(): value for name, value in row.items()} for row in properties]
    crs = bytes(found.crs) if bytes(found.crs) != b"null" else b""
    return Page(
        [_text(row.get(KEY)) for row in named],
        [_text(row.get(MUNICIPALITY)) for row in named],
        [bytes(one) for one in found.features],
        _number(found.numberMatched),
        crs or _metres(found.features),
    )


def join(pages: Sequence[Page], format: Format, layer: str) -> bytes:
    """One file of several pages. Raises FileRefused where they are not of one sort."""
    full = [one for one in pages if one.features]
    if format == "gml":
        spaces = {_spaces(one.head) for one in full}
        if len(spaces) > 1:
            raise FileRefused("tjenestens sider er ikke skrevet på samme måde. Prøv igen senere.")
        close = re.search(rb"<([\w.-]+:)?FeatureCollection[\s>]", full[0].head)
        end = b"</" + ((close[1] or b"") if close else b"") + b"FeatureCollection>"
        total = b'numberReturned="%d"' % sum(len(one.features) for one in full)
        head = re.sub(rb"""numberReturned=["'][^"']*["']""", total, full[0].head, count=1)
        return b"".join([head, *(feature for one in full for feature in one.features), b"\n", end, b"\n"])
    if len(heads := {one.head for one in full}) > 1:
        raise FileRefused("tjenestens sider er i flere koordinatsystemer. Prøv igen senere.")
    crs = next(iter(heads), b"")
    begin = b'{"type":"FeatureCollection","name":' + msgspec.json.encode(layer) + (b',"crs":' + crs if crs else b"")
    return begin + b',"features":[' + b",\n".join(feature for one in full for feature in one.features) + b"]}\n"


def _report(raw: bytes) -> str | None:
    told = said(raw) if b"Exception" in raw[:2000] else ""
    return f"tjenesten siger nej: {told}" if told else None


def _count(told: str | int | None, found: int) -> None:
    if (number := _number(told)) is not None and number != found:
        raise Broken(f"svaret siger, at det har {number} objekter, men har {found}.")


def _number(told: str | int | None) -> int | None:
    text = str(told if told is not None else "").strip()
    return int(text) if re.fullmatch(r"\d{1,12}", text) else None


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _spaces(head: bytes) -> frozenset[bytes]:
    return frozenset(re.findall(rb"""xmlns(?::[\w.-]+)?=["'][^"']*["']""", head))


_POINT = re.compile(rb'"coordinates"\s*:\s*[\[\s]*(-?[\d.]+)')


def _metres(features: Sequence[msgspec.Raw]) -> bytes:
    """The `crs` of a page that names none: what was asked for, where its first number can be no degree; none else."""
    for feature in features:
        if found := _POINT.search(bytes(feature)):
            if abs(float(found[1])) > 180:
                return b'{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}}'
            break
    return b""
