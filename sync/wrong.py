"""What msgspec says is wrong with a value, as the wire says it: a code, a JSON pointer, a limit."""

import re
from dataclasses import dataclass
from typing import Literal

from msgspec import ValidationError

_PATH = re.compile(r" - at `\$(.*?)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_MISSING = re.compile(r"^Object missing required field `(.*?)`")
_UNKNOWN = re.compile(r"^Object contains unknown field `(.*?)`")
_LONG = re.compile(r"^Expected `(?:str|array|object|bytes)` of length <= (\d+)")


@dataclass(frozen=True, slots=True)
class Wrong:
    """`unknown`: a member that this server does not know; it answers `later`, `unknown_verb`, not a refusal."""

    code: Literal["invalid", "too_long", "unknown"]
    at: str
    limit: int | None = None


def explain(error: ValidationError, under: str = "") -> Wrong:
    """Reads a ValidationError of a Struct. `under` is the pointer of the value itself, e.g. `/args`. A step inside a
    mapping of free keys is told no further than the mapping."""
    text = str(error)
    at = under
    path = _PATH.search(text)
    for name, index in _STEP.findall(path.group(1)) if path else []:
        if index == "...":
            break
        at += "/" + (index or name.replace("~", "~0").replace("/", "~1"))
    for found, code in ((_MISSING.match(text), "invalid"), (_UNKNOWN.match(text), "unknown")):
        if found is not None:
            name = found.group(1).replace("~", "~0").replace("/", "~1")
            return Wrong("unknown" if code == "unknown" else "invalid", f"{at}/{name}")
    long = _LONG.match(text)
    return Wrong("too_long", at, int(long.group(1))) if long else Wrong("invalid", at)
