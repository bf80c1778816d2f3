"""Where a text may be cut: after a whole sign as a person sees it, which may be many characters (UAX 29, what Danish, emoji and the
alphabets of neighbours need of it)."""

import unicodedata
from collections.abc import Iterator
from typing import Final

_ZWJ: Final = "\u200d"
_FLAG: Final = range(0x1F1E6, 0x1F200)
_SKIN: Final = range(0x1F3FB, 0x1F400)
_TAG: Final = range(0xE0020, 0xE0080)
_HANGUL_L, _HANGUL_V, _HANGUL_T = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
_HANGUL: Final = range(0xAC00, 0xD7A4)
_WORD: Final = 24
"""How many characters are given up so that no word is cut."""


def ends(text: str) -> Iterator[int]:
    """The places after each sign: text[:end] ends on a whole one."""
    flags = 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        flags = flags + 1 if ord(before) in _FLAG else 0
        if not _joins(before, after, text, at, flags):
            yield at
    if text:
        yield len(text)


def cut(text: str, most: int) -> str:
    """At most so many characters, "…" among them; at the end of a word where one is near. What is short enough stays as it is."""
    if len(text) <= most:
        return text
    end = 0
    for one in ends(text):
        if one > most - 1:
            break
        end = one
    kept = text[:end]
    word = kept.rfind(" ")
    if text[end : end + 1] not in ("", " ") and word > 0 and end - word <= _WORD:
        kept = kept[:word]
    return kept.rstrip(" \n\t,;:–-") + "…"


def _joins(before: str, after: str, text: str, at: int, flags: int) -> bool:
    """Whether no sign ends between two characters. `flags`: how many halves of flags stand in a row before."""
    if before == "\r" and after == "\n":
        return True
    code = ord(after)
    if after == _ZWJ or code in _SKIN or code in _TAG or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return unicodedata.category(before) not in ("Cc", "Zl", "Zp") and before not in "\u00ad\u200b"
    if before == _ZWJ and _is_picture(after):
        base = at - 2
        while base >= 0 and (unicodedata.category(text[base]) in ("Mn", "Me") or ord(text[base]) in _SKIN):
            base -= 1
        return base >= 0 and _is_picture(text[base])
    if code in _FLAG and ord(before) in _FLAG:
        return flags % 2 == 1
    return _is_syllable(ord(before), code)


def _is_picture(sign: str) -> bool:
    return ord(sign) not in _FLAG and (unicodedata.category(sign) == "So" or 0x1F000 <= ord(sign) < 0x20000)


def _is_syllable(before: int, after: int) -> bool:
    if before in _HANGUL_L:
        return after in _HANGUL_L or after in _HANGUL_V or after in _HANGUL
    open_ = before in _HANGUL and (before - 0xAC00) % 28 == 0
    if before in _HANGUL_V or open_:
        return after in _HANGUL_V or after in _HANGUL_T
    return (before in _HANGUL_T or before in _HANGUL) and after in _HANGUL_T
