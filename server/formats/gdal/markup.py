"""XML for the formats that GDAL is not asked to read, and HTML in descriptions as plain words. Runs inside the reader's fence.

Names are taken without their prefix, so that a file whose prefixes are odd or undeclared is read all the same.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple
from xml.parsers import expat

from server.formats import broken
from server.formats.refusal import FileRefused
from server.formats.words import plain
from server.model.place import NAME_LIMIT

MAX_BYTES: Final = 128 * 1024 * 1024
DEEPEST: Final = 100
MOST_NODES: Final = 250_000
"""Of one track, route or placemark."""
LONGEST_HTML: Final = 200_000
PROSE_LIMIT: Final = 4_000
ADDRESS: Final = re.compile(r"(?:\b[a-zA-Z][a-zA-Z0-9+.-]{1,15}:)?//[^\s<>\"']+|\bwww\.[^\s<>\"']+", re.ASCII)
_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])")
_SILENT: Final = frozenset({"script", "style", "iframe", "object", "template", "title", "head"})
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


class Node:
    """One element: its name without prefix, its attributes, its own text, those of its children that were asked for, and how many it
    has in all (`below`)."""

    __slots__ = ("attributes", "below", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []
        self.below = 0

    @property
    def text(self) -> str:
        """Its text, CDATA or not."""
        return "".join(self.pieces)

    def child(self, name: str) -> str:
        """The text of its first child of that name, "" where there is none."""
        return next((one.text for one in self.children if one.name == name), "")


class Reader:
    """Reads a file's elements piece by piece. `root` is the document's own name once something was read, `says` its attributes; `seen` are
    the names that stood anywhere."""

    def __init__(self, path: Path, outer: frozenset[str], inner: frozenset[str]) -> None:
        self.path, self.outer, self.inner = path, outer, inner
        self.root, self.says = "", dict[str, str]()
        self.seen: set[str] = set()
        self._done: list[Node] = []
        self._open: list[Node] = []
        self._depth = self._skipped = self._nodes = 0

    def elements(self) -> Iterator[Node]:
        """Each element whose name is in `outer`, whole, with those below it whose names are in `inner`. Raises `FileRefused`."""
        size = self.path.stat().st_size
        if size > MAX_BYTES:
            raise FileRefused(
                f"filen er på {size // 1024**2} MB, og XML læses til {MAX_BYTES // 1024**2} MB. Del den i flere."
            )
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            with self.path.open("rb") as file:
                while piece := file.read(1 << 16):
                    parser.Parse(piece)
                    yield from self._taken()
                parser.Parse(b"", True)
                yield from self._taken()
        except (expat.ExpatError, LookupError, ValueError) as reason:
            raise FileRefused(broken.xml(reason)) from reason

    def _taken(self) -> list[Node]:
        taken, self._done = self._done, []
        return taken

    def _doctype(self, *_: Any) -> None:
        raise FileRefused(
            "filen har en DOCTYPE, som kan hente andre filer eller vokse uden ende, og den læses ikke. Gem filen igen uden."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > DEEPEST:
            raise FileRefused(
                f"filen har elementer i {self._depth} lag, og højst {DEEPEST} læses. Gem den igen med færre mapper og uden udvidelser "
                "(extensions)."
            )
        if not self.root:
            self.root, self.says = name, attributes
        if len(self.seen) < 1000:
            self.seen.add(name)
        if self._skipped:
            self._skipped += 1
        elif self._open:
            self._open[-1].below += 1
            if name not in self.inner:
                self._skipped = 1
                return
            self._nodes += 1
            if self._nodes > MOST_NODES:
                raise FileRefused(
                    f"en række i filen ({self._open[0].name}) har over {MOST_NODES} dele. Del eller forenkl den."
                )
            node = Node(name, attributes)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif name in self.outer:
            self._nodes = 0
            self._open.append(Node(name, attributes))

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        elif self._open:
            node = self._open.pop()
            if not self._open:
                self._done.append(node)

    def _text(self, text: str) -> None:
        if self._open and not self._skipped:
            self._open[-1].pieces.append(text)


def number(text: str) -> tuple[float, bool]:
    """(a coordinate, whether it stood with a comma for its point). What is none is NaN."""
    text = text.strip()
    comma = text.count(",") == 1 and "." not in text
    text = text.replace(",", ".") if comma else text
    return (float(text), comma) if _NUMBER.fullmatch(text) else (float("nan"), False)


def words(text: str) -> tuple[str, bool]:
    """(HTML or plain text as one line of plain words, whether an address on the net was left out of it). No tags, no scripts, and
    nothing that would load or lead anywhere. Text over LONGEST_HTML comes back as it is: whoever measures it refuses it."""
    if len(text) > LONGEST_HTML:
        return text, False
    for _ in range(3):  # HTML that was escaped once too often
        if not _TAG.search(text):
            break
        parser = _Words()
        parser.feed(text)
        parser.close()
        text = "".join(parser.pieces)
    bare = ADDRESS.sub("", _TAG.sub("", text))
    return plain(bare), bool(ADDRESS.search(text))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in ("br", "p", "div", "li", "tr", "td", "th", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "table"):
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("p", "div", "li", "tr", "h1", "h2", "h3", "h4"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


class Feature(NamedTuple):
    """One row of a GPX or KML file: a meeting place, a facility, or a line of one part or several. `shape` is its geometry's name, `parts`
    are [longitude, latitude]; `left` says why it is left out whatever its geometry, `remarks` what of it was."""

    kind: Literal["place", "facility", "stretch"]
    shape: str
    parts: list[list[tuple[float, float]]]
    fields: dict[str, Any]
    left: tuple[str, dict[str, Any]] | None = None
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()


class Said:
    """What is said once of a whole file."""

    def __init__(self) -> None:
        self.commas = 0
        self.unread: dict[str, None] = {}
        """Columns that mean nothing here."""
        self.addresses = 0

    def number(self, text: str) -> float:
        """A coordinate; what is none is NaN."""
        value, comma = number(text)
        self.commas += comma
        return value

    def words(self, text: str) -> str:
        """Plain words of what may be HTML."""
        bare, address = words(text)
        self.addresses += address
        return bare

    def remarks(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The codes and values of reasons.py."""
        if self.commas:
            yield "decimal_comma", {"count": self.commas}
        if self.addresses:
            yield "addresses", {"count": self.addresses}


def place(name: str, description: str, shape: str, parts: list[list[tuple[float, float]]], said: Said) -> Feature:
    """A point with a name as a meeting place that is to be developed. Its description tells where it is, until somebody tells more."""
    called, told = said.words(name), said.words(description)
    fields: dict[str, Any] = {"form": "spot", "name": {"da": called}}
    if told:
        fields["where"] = {"da": told}
    left: tuple[str, dict[str, Any]] | None = None
    if not called:
        left = "no_name", {}
    elif len(called) > NAME_LIMIT:
        left = "too_long", {"at": "name", "limit": NAME_LIMIT}
    elif len(told) > PROSE_LIMIT:
        left = "too_long", {"at": "description", "limit": PROSE_LIMIT}
    return Feature("place", shape, parts, fields, left)


def route(name: str, parts: list[list[tuple[float, float]]], said: Said) -> Feature:
    """A line as a route. Parts of fewer than two points are no line, and each is named."""
    called = said.words(name)
    fields: dict[str, Any] = {"navn": called} if called else {}
    whole = [part for part in parts if len(part) > 1]
    if not whole:
        return Feature("stretch", "LineString", [part for part in parts if part], fields)
    remarks: list[tuple[str, dict[str, Any]]] = []
    for n, part in enumerate(parts, 1):
        if len(part) < 2:
            remarks.append(("part", {"part": n, "what": "har kun ét punkt" if part else "er tomt"}))
    return Feature("stretch", "LineString", whole, fields, remarks=tuple(remarks))
