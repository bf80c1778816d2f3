"""Addresses for people: "Bænken på Søtoften" is baenken-paa-soetoften."""

import re
import unicodedata

LONGEST = 60
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ł": "l"})


def slug(name: str) -> str:
    """Letters a–z, digits and single hyphens, at most 60; "sted" where nothing of that is in the name."""
    plain = unicodedata.normalize("NFC", name).lower().translate(_DANISH)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return words[:LONGEST].rstrip("-") or "sted"
