"""What a push service's answer means, for all of them alike (RFC 8030, 8292; what Mozilla, Google, Apple and Microsoft say besides)."""

import re
from typing import Final, Literal, NamedTuple

import msgspec

Meaning = Literal["sent", "gone", "too_large", "busy", "broken", "not_us", "wrong_key", "refused", "redirect"]
"""busy: 429. broken: it does not work now. not_us: who we are is not believed (401, 403). refused: what we ask can not be (other 4xx)."""
READ_MOST: Final = 4096
"""Bytes that are read of an answer."""
_WRONG_KEY: Final = (b"VapidPkHashMismatch", b"do not correspond to the credentials used to create")
_NAME: Final = re.compile(r"[A-Za-z0-9_]{1,40}")


class Answer(NamedTuple):
    """`status` None: none came. `why`: the push service's own name for it, or ours; never anything of a phone."""

    meaning: Meaning
    status: int | None
    why: str
    after_s: float | None = None


class _Body(msgspec.Struct, frozen=True):
    reason: str | None = None
    errno: int | None = None


def meaning(status: int, body: bytes) -> tuple[Meaning, str]:
    """What an answer means, and its name."""
    if 200 <= status < 300:
        return "sent", ""
    if 300 <= status < 400:
        return "redirect", "redirect"
    why = _why(body)
    if status in (404, 410):
        return "gone", why
    if status == 413:
        return "too_large", why
    if status == 429:
        return "busy", why
    if status == 408 or status >= 500:
        return "broken", why
    if any(mark in body for mark in _WRONG_KEY):
        return "wrong_key", why or "wrong_key"
    return ("not_us" if status in (401, 403) else "refused"), why


def _why(body: bytes) -> str:
    try:
        told = msgspec.json.decode(body, type=_Body)
    except msgspec.DecodeError:
        return ""
    if told.reason and _NAME.fullmatch(told.reason):
        return told.reason
    return "" if told.errno is None else f"errno_{told.errno % 100_000}"
