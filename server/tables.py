"""The parts of documents that are made from the code, between `<!-- name -->` and `<!-- /name -->`. `make types` writes them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

from server import phone_limits, shapes
from server.domain.refusal import Code, LaterCode
from server.domain.verbs import VERBS, Verb
from server.feeds import columns, spreadsheet
from server.formats.picture import made
from server.model.audit import AuditPage, Names
from server.model.calendar import CalendarList, LookedAt
from server.model.device import FOLLOWS_MOST, SKIPS_MOST, Mine, MyAnswer, MyFollow, MyMet, MySkip
from server.model.facility import FacilitySet
from server.model.history import Steps
from server.model.hours import Hours
from server.model.kinds import KINDS
from server.model.notice import Progress, Reach
from server.model.organise import Organise
from server.model.person import Me, Passkey, Person, Session
from server.model.place import PlaceSet
from server.model.route import RouteSet
from server.model.site import SiteSet
from server.model.values import Access, Approach, Closure, Contact, Fact, FaultNote, FaultPhoto, Photo, Season, Text
from server.settings import Settings
from server.store import blobs as kept
from server.web import asked, blobs, errors, intake, shares
from server.wire import PackList, Problem
from sync import wire

ROOT = Path(__file__).resolve().parent.parent
PROTOCOL = ROOT / "sync/PROTOCOL.md"
SHAPES = ROOT / "docs/wire.md"
FEEDS = ROOT / "docs/feeds.md"

VALUES: Final = (Text, Fact[bool], Season, Access, Contact, Photo, Closure, Approach, FaultPhoto, FaultNote, Hours)

REFUSALS: Final[dict[Code | Literal["bad_line", "id_reused", "too_large"], tuple[str, str]]] = {
    "bad_line": ("the line can not be read (L2, L3); id null, not remembered", ""),
    "id_reused": ("this id came before with other bytes (O2)", "`at`"),
    "invalid": ("a value that can not be right, or names what is not there", "`at`; `limit` where a number is over it"),
    "too_long": ("a string or a list is longer than its limit", "`at`, `limit`"),
    "too_many": ("this device follows as much as one may", "`limit`"),
    "forbidden": ("this credential lacks the verb's right", ""),
    "unknown_subject": ("no such thing, or none that this credential may know of", "`at`"),
    "gone": ("the thing was withdrawn or dissolved", "`name`, `on`"),
    "not_ready": ("the place lacks fields that readers must have", "`missing`"),
    "in_use": ("a route that a place names can not be withdrawn", "`place_ids`"),
    "bad_step": ("no step leads from the state it has", "`at`"),
    "conflict": ("somebody else has changed each field of the edit since its `base`: nothing went in", "`conflicts`"),
    "login_again": ("the verb asks for a login of the last minutes", ""),
    "again_soon": (
        "the same followers have another notice within 24 hours, and `sure` does not say that this is meant",
        "`at`",
    ),
    "too_large": ("said by the phone itself: this op alone is more bytes than a request may have", ""),
}
LATERS: Final[dict[LaterCode, str]] = {
    "busy": "the database is held, too many requests wait, or a fault of the server's own",
    "unknown_verb": "the verb, a member of `args` or one beside it is not known here, or `base` is given to a verb that takes none",
    "blocked": "an op of the same subject before it in this request answered `later`",
    "blob_missing": "`photos` names a picture that is not here (yet): it is sent again, and then the op",
    "rate_limited": "the address has sent its share of new anonymous ops, or of new devices, for this hour, or the device its own",
    "full": "the disk is full",
}


class NoSuchPart(Exception):
    """A document lacks the marks of a part that is written into it."""


def documents() -> dict[Path, str]:
    """Each document with its parts as the code has them now. Raises NoSuchPart."""
    return {path: filled(path.read_text(encoding="utf-8"), parts) for path, parts in _parts().items()}


def filled(text: str, parts: Mapping[str, str]) -> str:
    """The text with each part between its marks. Raises NoSuchPart."""
    for name, part in parts.items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not mark.search(text):
            raise NoSuchPart(name)
        text = mark.sub(lambda found, part=part: found[1] + part + found[2], text)  # type: ignore[misc]
    return text


def _parts() -> dict[Path, dict[str, str]]:
    bodies = [struct for kind in KINDS.values() for struct in kind]
    return {
        PROTOCOL: {
            "verbs": verbs(),
            "refusals": refusals(),
            "laters": laters(),
            "limits": limits(),
            "phone": _table(("what", "how much"), phone_limits.rows()),
        },
        SHAPES: {
            "scalars": _code(shapes.scalars()),
            "values": _code(shapes.structs(VALUES)),
            "bodies": _code(shapes.structs(bodies, VALUES)),
            "sets": _code(shapes.structs([PlaceSet, FacilitySet, RouteSet, SiteSet], [*VALUES, *bodies])),
            "login": _code(shapes.structs([Me, Person, Passkey, Session])),
            "together": _code(shapes.structs([Steps, AuditPage, Names])),
            "mine": _code(shapes.structs([Mine, MyFollow, MySkip, MyMet, MyAnswer], [*VALUES, *bodies])),
            "door": _code(shapes.structs([Organise, Reach, Progress], [*VALUES, *bodies])),
            "calendars": _code(shapes.structs([CalendarList, LookedAt], [*VALUES, *bodies])),
            "others": _code(shapes.structs([Problem, PackList], VALUES)),
            "statuses": statuses(),
        },
        FEEDS: {
            "places": of_columns([*columns.PLACES, *spreadsheet.POINT]),
            "facilities": of_columns([*columns.FACILITIES, *spreadsheet.POINT]),
            "routes": of_columns(columns.ROUTES),
        },
    }


def verbs() -> str:
    """The table of verbs: what is sent, by whom, to what, and what comes back."""
    return _table(
        ("verb", "credential", "right", "subject", "args", "result"), [_verb(verb) for verb in VERBS.values()]
    )


def _verb(verb: Verb) -> tuple[str, ...]:
    subjects = ", ".join("settings/site" if kind == "settings" else kind for kind in verb.subjects)
    result = "{" + ", ".join(verb.result) + "}"
    return f"`{verb.name}`", verb.credential, verb.right, subjects, f"`{shapes.members(verb.args)}`", f"`{result}`"


def refusals() -> str:
    """The codes of `refused`."""
    return _table(("code", "when", "carries"), [(f"`{code}`", *said) for code, said in REFUSALS.items()])


def laters() -> str:
    """The codes of `later`."""
    return _table(("code", "when"), [(f"`{code}`", when) for code, when in LATERS.items()])


def limits() -> str:
    """What is counted, at most how much of it, and what is answered beyond."""
    hourly = Settings().ops_an_hour
    rows = [
        ("ops in a request", f"{wire.MAX_OPS}; a phone sends an anonymous one alone", "422 `too_many`, nothing ran"),
        ("bytes in a request", f"{wire.MAX_BYTES:,}", "413 `too_large`, nothing ran"),
        ("seconds that a request's body may take", f"{asked.BODY_S:g}", "408 `too_slow`, nothing ran"),
        ("objects and lists within one another in a line", f"{wire.DEPTH}", "`bad_line`"),
        ("requests that wait for the one writer", f"{intake.WAITING}", "`later`, `busy`"),
        (
            "new anonymous ops from an address in an hour",
            f"{hourly} (setting `ops_an_hour`)",
            "`later`, `rate_limited`",
        ),
        ("new devices from an address in an hour", f"{shares.DEVICES_AN_HOUR}", "`later`, `rate_limited`"),
        ("new ops of a device in an hour", f"{shares.DEVICE_OPS_AN_HOUR}", "`later`, `rate_limited`"),
        ("things that a device follows; times that it skips", f"{FOLLOWS_MOST}; {SKIPS_MOST}", "`too_many`"),
        (
            "bytes of a picture; of a file for import, by staff",
            f"{blobs.PICTURE_BYTES:,}; {blobs.FILE_BYTES:,}",
            "413 `too_large`, nothing kept",
        ),
        ("pixels of a picture", f"{made.PIXELS_MOST:,}", "413 `too_large`, nothing kept"),
        ("pictures without a login from an address in an hour", f"{blobs.PICTURES_AN_HOUR}", "429 `rate_limited`"),
        (
            "bytes that nothing names, of pictures and of files",
            f"{kept.ORPHAN_BYTES:,}, each {kept.ORPHAN_HOURS} hours",
            "507 `full`",
        ),
        ("changes in a page", f"{wire.PAGE_CHANGES:,}", "`more`"),
        ("bytes of bodies in a page", f"{wire.PAGE_BYTES:,}, or one change", "`more`"),
    ]
    return _table(("what", "at most", "beyond"), rows)


def statuses() -> str:
    """What a problem document says where the status alone tells what happened."""
    return _table(
        ("status", "code", "title"), [(f"{s}", f"`{code}`", title) for s, (code, title, _) in errors.WORDS.items()]
    )


def of_columns(known: Iterable[columns.Column]) -> str:
    """The columns of a file for others. A point is GeoJSON's geometry; each row of CSV ends with its terms."""
    return _table(("column", "is"), [(f"`{column.name}`", column.what) for column in known])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _code(text: str) -> str:
    return f"```\n{text}```\n"
