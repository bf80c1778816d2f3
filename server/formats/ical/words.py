"""Words of a calendar as plain text: its escapes undone, HTML to what it shows, and no sign that nobody sees."""

import re
from html.parser import HTMLParser
from typing import Final

from server.model.event import Theme
from server.model.values import hidden, seen

_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_BREAKS: Final = frozenset({"br", "p", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4"})
_UNSHOWN: Final = frozenset({"script", "style", "head", "title"})

_THEMES: Final[tuple[tuple[Theme, str], ...]] = (
    ("coffee", r"kaffe|coffee|caf[eé]"),
    ("food", r"mad\b|spisning|middag|frokost|food|dinner|lunch|køkken"),
    ("walk", r"gåtur|vandr|walk|hik(e|ing)|stavgang"),
    ("movement", r"motion|gymnastik|idræt|sport|træning|yoga|dans|movement|fitness|petanque|svøm"),
    ("music", r"musik|music|koncert|concert|sang\b|kor\b|orkester"),
    ("craft", r"håndarbejde|håndværk|strik|hækl|sy\b|syning|værksted|craft|kreativ"),
    ("nature", r"natur|nature|fugle|have\b|haver\b|skov"),
    ("games", r"spil|banko|kort\b|skak|bingo|games?\b|bridge"),
    ("talk", r"samtale|snak|debat|talk|foredrag|læse"),
    ("culture", r"kultur|culture|teater|film|biograf|kunst|udstilling|museum|litteratur"),
)
MOST_THEMES: Final = 5


def unescaped(value: str) -> str:
    """What an escaped value says (RFC 5545, 3.3.11)."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def plain(value: str, most: int) -> tuple[str | None, bool]:
    """(the words, None where none can be seen; whether they were cut to `most` letters)."""
    text = unescaped(value)
    if _TAG.search(text):
        text = _shown(text)
    text = text.replace("<", "").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    while (sign := hidden(text)) is not None:
        text = text.replace(sign, "")
    text = re.sub(r"[ \t]+\n", "\n", re.sub(r"\n{3,}", "\n\n", text)).strip()
    if not seen(text):
        return None, False
    if len(text) <= most:
        return text, False
    space = text.rfind(" ", most // 2, most - 1)
    return f"{text[: space if space > 0 else most - 1].rstrip()}…", True


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSHOWN:
            self._within += 1
        elif tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSHOWN:
            self._within = max(0, self._within - 1)
        elif tag in _BREAKS - {"br"}:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.said.append(data)


def _shown(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.said)


def themes(categories: list[str]) -> tuple[Theme, ...]:
    """Our themes that categories speak of, in their own order."""
    told = "\n".join(categories).casefold()
    return tuple(theme for theme, words in _THEMES if re.search(rf"\b(?:{words})|{words}", told))[:MOST_THEMES]
