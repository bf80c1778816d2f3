"""Content lines to components: what stands between BEGIN and END. One line that is broken costs itself alone."""

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from icalendar.parser import Contentline

from server.formats.ical.found import Note, reason
from server.formats.ical.lines import Line

DEEPEST: Final = 8
WRONG_MOST: Final = 2_000
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")


class Property(NamedTuple):
    """A line that was read: its name in capitals, its parameters by names in capitals, and its value as it stands."""

    line: int
    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """`kind` in capitals. `raw`: of a zone its lines, for who reads it as a whole. `closed`: its END was there."""

    kind: str
    line: int
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    closed: bool = False

    def one(self, name: str) -> Property | None:
        """The first of a name."""
        return next((one for one in self.properties if one.name == name), None)

    def every(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]

    def value(self, name: str) -> str | None:
        found = self.one(name)
        return None if found is None else found.value

    @property
    def uid(self) -> str | None:
        """Its UID, None where it has none or an empty one."""
        return (self.value("UID") or "").strip()[:500] or None


def components(lines: list[Line]) -> tuple[Component, list[Note]]:
    """(what stands in the file, with the calendars' own properties in it; what was not understood). Of several calendars in one file the
    parts are one after the other."""
    whole = Component("", 1)
    open_: list[Component] = [whole]
    wrong: list[tuple[int, Component, str]] = []
    for line in lines:
        del wrong[WRONG_MOST:]  # more than that nobody reads
        read = _read(line)
        here = open_[-1]
        if read is None or (read.name == "BEGIN" and len(open_) > DEEPEST):
            wrong.append((line.number, here, "bad_line" if ":" in line.text else "no_colon"))
            continue
        if line.windows or line.cut:
            wrong.append((line.number, here, "not_utf8" if line.windows else "cut"))
        if read.name == "BEGIN":
            kind = read.value.strip().upper()
            if kind in ("VEVENT", "VCALENDAR"):  # an event is never within another: the one before was not closed
                while len(open_) > 1 and open_[-1].kind != "VCALENDAR":
                    wrong.append((open_[-1].line, open_.pop(), "not_closed"))
            new = Component(kind, line.number)
            open_[-1].parts.append(new)
            open_.append(new)
        elif read.name == "END":
            kind = read.value.strip().upper()
            if all(one.kind != kind for one in open_[1:]):
                wrong.append((line.number, here, "stray_end"))
                continue
            while open_[-1].kind != kind:
                wrong.append((open_[-1].line, open_.pop(), "not_closed"))
            open_.pop().closed = True
        elif len(open_) == 1:
            wrong.append((line.number, here, "outside"))
        else:
            here.properties.append(read)
        zone = next((one for one in (*open_, here) if one.kind == "VTIMEZONE"), None)
        if zone is not None:
            zone.raw.append(line.text)
    wrong += [(one.line, one, "not_closed") for one in open_[1:] if one.kind == "VEVENT"]
    notes = [Note(line=number, uid=one.uid, code=code, reason=reason(code)) for number, one, code in wrong]
    return whole, sorted(notes, key=lambda note: note.line)


def _read(line: Line) -> Property | None:
    """None where it is no content line."""
    name, colon, rest = line.text.partition(":")
    if not colon:
        return None
    if _NAME.fullmatch(name):  # most lines: no parameters
        return Property(line.number, name.upper(), {}, rest)
    try:
        name, params, _ = Contentline(line.text).parts()  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError):
        return None
    told = {str(key).upper(): _param(one) for key, one in params.items()}
    return Property(line.number, str(name).upper(), told, _value(line.text))


def _value(text: str) -> str:
    """What stands after the first colon that is in no quotes, as it stands: the library has undone its escapes."""
    quoted = False
    for i, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return text[i + 1 :]
    return ""


def _param(value: object) -> str:
    return str(value[0] if isinstance(value, list) and value else value).strip('"')
