"""Words that stand in no push, no notice and no host's answer: a phone shows them to whoever sees its screen.

Nothing is said of how somebody has it. Found are whole words and their beginnings, never letters in the midst of another word:
"sensommer", "gemeinsam", "Einsammeln" and the name Lone are words like others."""

import re
import unicodedata
from typing import Final

from server.model.values import Language, Text

_STEMS: Final[dict[Language, tuple[str, ...]]] = {
    "da": (
        r"ensom\w*",
        r"\w+ensomhed\w*",
        r"alene\w*",
        r"isoler(?:et|ede|edes)\b",
        r"isolation\w*",
        r"a?social\w*",
        r"kontaktløs\w*",
        r"venneløs\w*",
        r"(?:uden|ingen)\s+(?:venner|familie|netværk)\b",
        r"savner\s+(?:nogen|selskab|venner)\b",
    ),
    "en": (
        r"lonel(?:y|ier|iest|iness)\b",
        r"lonesome\w*",
        r"loners?\b",
        r"alone\b",
        r"isolat(?:ed|ion|ing)\b",
        r"(?:anti)?social\w*",
        r"friendless\w*",
        r"(?:no|without)\s+(?:friends|family)\b",
    ),
    "de": (
        r"einsam(?!m)\w*",
        r"vereinsam\w*",
        r"alleine?\b",
        r"alleinsein\w*",
        r"isoliert\w*",
        r"isolation\w*",
        r"a?sozial\w*",
        r"(?:keine|ohne)\s+(?:freunde|familie)\b",
    ),
}
_ALL: Final = re.compile(rf"\b(?:{'|'.join(stem for stems in _STEMS.values() for stem in stems)})", re.IGNORECASE)
_SPLIT: Final = re.compile("[\u00ad\u0300\u0301\u034f\u200b-\u200d\ufe00-\ufe0f]")
"""What can stand within a word and is not seen, and the accents that Danish writes for stress: aléne."""


def heavy(words: str) -> tuple[str, ...]:
    """The words that are not to be there, as they are written, each once, in their order. In whatever language they are written: who
    writes German in the Danish field is read all the same."""
    plain = unicodedata.normalize("NFC", _SPLIT.sub("", unicodedata.normalize("NFKD", words)))
    return tuple(dict.fromkeys(found.group().strip() for found in _ALL.finditer(plain)))


def heavy_of(text: Text) -> tuple[Language, tuple[str, ...]] | None:
    """The first language of a text that has such words, and these; None where it has none."""
    languages: tuple[Language, ...] = ("da", "en", "de")
    for language in languages:
        written = getattr(text, language)
        if isinstance(written, str) and (found := heavy(written)):
            return language, found
    return None
