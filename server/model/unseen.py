"""Words that nobody can see, or that are shown otherwise than they stand, wherever in a value they are."""

from typing import Any, Final

from server.model.values import hidden, seen

MAY_BE_BLANK: Final = frozenset({"notes", "credit"})


def first(value: Any, at: str = "", name: str = "") -> tuple[str, str] | None:
    """(JSON pointer, what is wrong, in Danish) of the first text in a value of JSON that has no sign that can be seen, or one that steers
    the others unseen, or half a sign; None where all are good."""
    if isinstance(value, str):
        if (wrong := _wrong(value, name)) is not None:
            return at, wrong
    elif isinstance(value, dict | list | tuple):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            if (found := first(inner, f"{at}/{key}", str(key) if isinstance(value, dict) else name)) is not None:
                return found
    return None


def _wrong(words: str, name: str) -> str | None:
    if any("\ud800" <= c <= "\udfff" for c in words):
        return "Der er et halvt tegn i teksten. Skriv den igen."
    if (sign := hidden(words)) is not None:
        before = words[: words.index(sign)][-20:]
        where = f"efter »{before}«" if before else "først i teksten"
        return f"Der er et usynligt tegn (U+{ord(sign):04X}) {where}. Slet det, eller skriv teksten igen."
    if name not in MAY_BE_BLANK and not seen(words):
        return "Teksten er tom. Skriv noget, der kan ses."
    return None
