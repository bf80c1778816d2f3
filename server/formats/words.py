"""Words out of foreign files, before anything else is done with them."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from server.formats.refusal import FileRefused

LONGEST_TITLE: Final = 200


def _words(together: str) -> frozenset[str]:
    return frozenset(together.split())


SMALL: Final = {
    "da": _words(
        "ad af bag de den der det efter eller en et for foran forbi fra gennem hos i langs med mellem mod nær og om omkring over på rundt "
        "samt som til uden under ved"
    ),
    "en": _words("a along an and around at by for from in near of on or over the to under with"),
    "de": _words(
        "am an auf aus bei bis das dem den der des die durch ein eine entlang für im in mit nach oder um und vom von vor zu zum zur über"
    ),
}
"""Words that begin small within a name, by language."""
NOUNS: Final = _words(
    "badebro bålhytte bålplads bænk cykelrute cykelsti fugletårn handicaptoilet legeplads madpakkehus naturlegeplads parkeringsplads "
    "rasteplads ridesti riderute rundtur rute rutestart shelter shelterplads shelters spejderhytte sti teltplads toilet toiletter vandpost "
    "vandrerute vandresti"
)
"""What a Danish name says of a thing beside what it is called: "Hannenov Skov toilet"."""
ABBREVIATIONS: Final = _words("ATV DCU DGI DIF DOF DUI EU FDF GPS IF KFUK KFUM OK SUP UNESCO USA WC YMCA")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_]+(?:['’´][^\W\d_]+)*")
_VOWELS = frozenset("AEIOUYÆØÅÄÖÜÉ")
_UNITS = frozenset(("KM", "M", "CM", "HA"))


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


def spoken(name: str, language: str = "da") -> str:
    """A name that a register has in capitals alone, as people write it: "VANDRESTI SUNDBY - NYKØBING F." is "Vandresti Sundby -
    Nykøbing F.". One with a small letter, and one word of three letters or fewer, stays: it may be meant so. Idempotent."""
    letters = sum(c.isalpha() for c in name)
    if not name.isupper() or (letters <= 3 and " " not in name):
        return name
    words = list(_WORD.finditer(name))
    parts: list[str] = []
    end = 0
    for n, word in enumerate(words):
        between = name[end : word.start()]
        begins = n == 0 or any(c in between for c in '-–—:;/("«»')
        last = n == len(words) - 1
        before, after = name[: word.start()].rstrip(), name[word.end() :]
        if parts and between == "-" and parts[-1].isupper() and len(word[0]) > 3:  # "FDF-hytten"
            parts += [between, word[0].lower()]
        else:
            parts += [between, _spoken(word[0], before, after, language, begins=begins, last=last)]
        end = word.end()
    return "".join(parts) + name[end:]


def _spoken(word: str, before: str, after: str, language: str, *, begins: bool, last: bool) -> str:
    """One word of a name in capitals; `before` and `after` are what stands round it."""
    core, mark, tail = word.partition(next((c for c in word if not c.isalpha()), "'"))
    small, dot = word.lower(), after.startswith(".")
    if before[-1:].isdigit() and core in _UNITS:
        return small
    if core == "NR" and after.lstrip(". ")[:1].isdigit() and not begins:
        return small
    if dot and core in ("V", "M") and not last and not begins:  # "ved", "med"
        return small
    if not begins and small in SMALL.get(language, ()) and not (last and core == "I"):
        return small
    if len(core) == 1 and not mark and not (begins and not dot and core in "IÅØ"):
        return word
    if core in ABBREVIATIONS or (_ROMAN.fullmatch(core) and not (core == "VI" and begins)):
        return core + mark + tail.lower()
    if not dot and len(core) <= 4 and not _VOWELS.intersection(core) and core not in ("NR", "SKT", "ST", "SDR", "GL"):
        return core + mark + tail.lower()
    if not begins and language == "da" and small in NOUNS:
        return small
    return word[0] + word[1:].lower()


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
