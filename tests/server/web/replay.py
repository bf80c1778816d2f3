"""Recorded traffic said again: the names that a server gives (epochs, cursors, ETags, archives) are put into today's words."""

from collections.abc import Iterator
from typing import Any

OPTIONAL = ("en", "de")
"""Languages of a text beside Danish: there or not, as somebody wrote them."""


class Names:
    """What was said then → what it is called now, learnt from each pair of answers."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}

    def learn(self, then: dict[str, Any], etag: str | None, answer: Any) -> None:
        """From an answer as recorded and the one just given."""
        if etag and "etag" in then["headers"]:
            self._now[then["headers"]["etag"]] = etag
        old = then.get("json")
        if not isinstance(old, dict):
            return
        for name in ("cursor", "epoch"):
            if name in old:
                self._now[old[name]] = answer[name]
        for before, after in zip(old.get("packs", []), answer.get("packs", []), strict=False):
            self._now[before["sha256"]] = after["sha256"]
            self._now[f"-{before['bytes'] - 1}"] = f"-{after['bytes'] - 1}"

    def put(self, text: str) -> str:
        """The longest names first, since a cursor begins with its epoch."""
        for then, now in sorted(self._now.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(then, now)
        return text


def missing(then: Any, now: Any, at: str = "") -> Iterator[str]:
    """What the recorded answer had and today's has not, or has in another type. More is no loss; null is any type."""
    if then is None or now is None:
        return
    if type(then) is not type(now) and not (isinstance(then, int | float) and isinstance(now, int | float)):
        yield f"{at}: was {type(then).__name__}, is {type(now).__name__}"
    elif isinstance(then, dict):
        for name, value in then.items():
            if name in OPTIONAL:
                continue
            if name in now:
                yield from missing(value, now[name], f"{at}/{name}")
            else:
                yield f"{at}/{name} is gone"
    elif isinstance(then, list) and then and now:
        for value in then:
            yield from missing(value, _like(value, now), f"{at}/[]")


def _like(value: Any, among: list[Any]) -> Any:
    """The entry that is the same thing in the same state, else one of its kind and state, else (a shape of which there is none
    today) the recorded one itself."""
    if not isinstance(value, dict):
        return among[0]
    alike = [one for one in among if _sort(one) == _sort(value)]
    return next((one for one in alike if one.get("id") == value.get("id")), alike[0] if alike else value)


def _sort(entry: dict[str, Any]) -> tuple[Any, ...]:
    body = entry.get("body")
    return entry.get("kind"), body is None, body.get("state") if isinstance(body, dict) else None
