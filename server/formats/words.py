"""Words out of foreign files, before anything else is done with them."""

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from server.formats.refusal import FileRefused

LONGEST_TITLE: Final = 200


def plain(value: Any) -> str:
    """One line of plain text out of whatever stood in a column: no control characters, no marks that turn the reading direction,
    no doubled white space."""
    if value is None:
        return ""
    text = str(value)
    if text.isascii() and text.isprintable():  # nearly all of a register
        return " ".join(text.split())
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")).split())


def titles(layers: Iterable[str]) -> list[str]:
    """The layers' names as people read them: they become the source of what stands in them. Raises `FileRefused`."""
    found: list[str] = []
    for layer in layers:
        title = plain(layer)
        if not 1 <= len(title) <= LONGEST_TITLE:
            raise FileRefused(
                f"laget {title[:40]!r} skal have et navn på 1 til {LONGEST_TITLE} tegn. Giv det et andet navn."
            )
        if title in found:
            raise FileRefused(f"to lag hedder {title!r}. Giv det ene et andet navn.")
        found.append(title)
    return found
