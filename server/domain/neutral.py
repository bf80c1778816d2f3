"""Words that are shown on locked screens, seen to be fit for it."""

from server.domain import edit
from server.domain.refusal import Refused, invalid
from server.model.neutral import heavy_of
from server.model.values import Text


def shown(words: Text, instead: Text) -> Text:
    """What is sent of words that somebody wrote for a page and not for a locked screen: the same, or `instead`."""
    return words if heavy_of(words) is None else instead


def must_be_neutral(text: Text, at: str) -> None:
    """Refuses words about how somebody has it (`invalid`, with the words), and signs that nobody sees."""
    edit.seen_fits(text, at)
    found = heavy_of(text)
    if found is not None:
        language, words = found
        told = ", ".join(f"”{word}”" for word in words)
        raise invalid(
            f"{at}/{language}",
            f"Skriv det uden {told}. Det vises på en låst skærm, og andre kan se det. Sig hellere, hvad der sker: kaffe, tur, mødes.",
        )


def must_fit(text: Text, at: str, most: int) -> None:
    """Refuses what is longer than a phone shows of it."""
    for language in ("da", "en", "de"):
        words = getattr(text, language)
        if isinstance(words, str) and len(words) > most:
            raise Refused("too_long", f"Det er for langt. Højst {most} tegn.", at=f"{at}/{language}", limit=most)
