"""What a phone holds itself to, read out of its own source: constants of numbers, told in the units of people."""

import re
from math import prod
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
CONSTANT = re.compile(r"^(?:export )?const ([A-Z_]+)(?:: [^=]+)? = ([^;]+);", re.MULTILINE)
NUMBER = re.compile(r"[\d_]+(?: \* [\d_]+)*")

SAID: Final = (
    ("applied ops stay", "sync/phone/settled.ts", "KEPT_MS"),
    ("a first wait after `later`", "sync/phone/batch.ts", "WAIT_MS"),
    ("of some codes", "sync/phone/batch.ts", "FIRST_WAIT_MS"),
    ("times that such a wait doubles", "sync/phone/batch.ts", "DOUBLINGS"),
    ("the longest wait after `later`; one that is longer is a clock that has jumped", "sync/phone/batch.ts", "LONGEST_WAIT_MS"),
    ("between an anonymous op and a request under a credential (B11)", "sync/phone/apart.ts", "APART_MS"),
    ("between two anonymous ops (B11)", "sync/phone/apart.ts", "GAP_MS"),
    ("such waits in a chain (B14)", "sync/phone/apart.ts", "AT_MOST_MS"),
    ("between two fresh reads of a copy that never adds up (P5)", "sync/phone/pull.ts", "REREAD_MS"),
    ("times that a pull begins anew, while the server does", "sync/phone/pull.ts", "RESTARTS"),
    ("bytes of a file of the outbox (S4)", "sync/phone/file.ts", "MAX_FILE_BYTES"),
    ("ops that are taken in of it at once", "sync/phone/file.ts", "MAX_FILE_OPS"),
    ("lines that are looked at", "sync/phone/file.ts", "MAX_FILE_LINES"),
    ("a request ends within", "pwa/src/api/ask.ts", "TIMEOUT_MS"),
    ("that of a photo (W1)", "pwa/src/store/photos.ts", "PUT_MS"),
    ("pixels of a photo's longer side", "pwa/src/ui/shrink.ts", "LONGEST"),
    ("a lock is taken from its holder after", "pwa/src/store/around.ts", "STEAL_MS"),
    ("between two reads while somebody looks, ±20 %", "pwa/src/store/beat.ts", "EVERY_MS"),
    ("the same while something waits and the server is not reached", "pwa/src/store/beat.ts", "SOON_MS"),
)  # fmt: skip
UNITS = ((86_400_000, "days"), (3_600_000, "h"), (60_000, "min"), (1000, "s"))


def rows() -> list[tuple[str, str]]:
    """(what, how much) of each. KeyError where a file has no such constant, ValueError where it is none of numbers."""
    return [(what, told(name, constants(ROOT / file)[name])) for what, file, name in SAID]


def constants(path: Path) -> dict[str, str]:
    """The constants of a TypeScript file, as they are written."""
    return dict(CONSTANT.findall(path.read_text(encoding="utf-8")))


def told(name: str, said: str) -> str:
    """`5 * 60_000` as 5 min, a pair as from–to, an object by its names."""
    inner = said.removesuffix(" as const").strip()
    if inner.startswith("{"):
        pairs = (each.split(":") for each in inner.strip("{} ").split(",") if each.strip())
        return ", ".join(f"`{key.strip()}` {told(name, value)}" for key, value in pairs)
    if inner.startswith("["):
        least, most = (told(name, each) for each in inner.strip("[]").split(","))
        return f"{least} to {most}"
    if not NUMBER.fullmatch(inner.strip()):
        raise ValueError(f"{name} = {said} is no number")
    value = prod(int(factor.replace("_", "")) for factor in inner.split("*"))
    if not name.endswith("_MS"):
        return f"{value:,}"
    return next(f"{value // unit} {word}" for unit, word in UNITS if value % unit == 0 and value >= unit)
