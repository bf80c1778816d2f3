"""Files made from the code: the phone's types, openapi.json, tables in documents. `make types` writes them; a test holds them to it."""

from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig

from server import tables
from server.app import API
from server.domain.verbs import VERBS
from server.model.calendar import CalendarList, LookedAt
from server.model.kinds import KINDS
from server.model.notice import Progress, Reach
from server.model.organise import Organise
from server.typescript import interfaces
from server.web.openapi_answers import without_defaults
from server.wire import PackList, Problem
from sync import wire as sync_wire

ROOT = Path(__file__).resolve().parent.parent
TYPES = ROOT / "pwa/src/api/types.gen.ts"
SYNC = ROOT / "sync/phone/wire.gen.ts"
OPENAPI = ROOT / "server/web/openapi.json"
SHORT = {
    "Point": 'Facility["point"]',
    "Form": 'Place["form"]',
    "Mode": 'Route["modes"][number]',
    "FaultWhat": 'FaultNote["what"]',
    "Surface": 'NonNullable<Stretch["surface"]>["value"]',
}
"""Short names for types that stand within a body."""
HEAD = "// Made by `make types` from {}. Do not edit.\n\n"


def write(*, check: bool = False) -> list[Path]:
    """Writes what is not current (with `check` nothing) and returns those paths."""
    made = {TYPES: types(), SYNC: sync_types(), OPENAPI: openapi(), **tables.documents()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in [] if check else stale:
        path.write_text(made[path], encoding="utf-8")
    return [path.relative_to(ROOT) for path in stale]


def types() -> str:
    """Bodies by kind, the manifest, the problem, and each verb's args."""
    bodies = [struct for kind in KINDS.values() for struct in kind]
    text = interfaces(
        [*bodies, Organise, Reach, Progress, CalendarList, LookedAt, PackList, Problem],
        [verb.args for verb in VERBS.values()],
    )
    short = "".join(f"export type {name} = {where};\n" for name, where in SHORT.items())
    kinds = "".join(
        f"  readonly {kind}: {' | '.join(s.__name__ for s in structs)};\n" for kind, structs in KINDS.items()
    )
    verbs = "".join(f"  readonly {name}: {verb.args.__name__};\n" for name, verb in VERBS.items())
    return (
        HEAD.format("server/model and server/wire.py")
        + text
        + f"\n{short}"
        + f"\nexport interface Bodies {{\n{kinds}}}\n\nexport interface Args {{\n{verbs}}}\n"
    )


def sync_types() -> str:
    """What the protocol itself sends and takes; bodies and args stay unknown to it."""
    return HEAD.format("sync/wire.py") + interfaces(sync_wire.SENT, sync_wire.TAKEN) + sync_wire.TYPESCRIPT_TAIL


def openapi() -> str:
    """The OpenAPI 3.1 document, with sorted keys so that it is the same each time."""
    schema: dict[str, Any] = Litestar(
        [*API], openapi_config=OpenAPIConfig("Mødesteder", "1")
    ).openapi_schema.to_schema()
    return msgspec.json.format(msgspec.json.encode(without_defaults(schema), order="sorted"), indent=2).decode() + "\n"
