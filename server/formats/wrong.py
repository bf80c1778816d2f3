"""What msgspec says of a value that does not fit, in Danish for whoever mends the file: the field, what is allowed there, what stands."""

import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import inspect

TYPES: Final = {
    "str": "en tekst", "int": "et helt tal", "float": "et tal", "bool": "true eller false", "object": "felter i { }",
    "array": "en liste i [ ]", "null": "intet", "date": "en dato som 2026-03-31",
}  # fmt: skip
FORMS: Final = {
    "id": "et id som 019a0000-0000-7000-8000-000000000001", "route_id": "et id som 019a0000-0000-7000-8000-000000000001",
    "slug": "små bogstaver a til z, tal og bindestreger", "url": "en adresse, der begynder med https:// eller http://",
    "from": "måned og dag som 05-01", "through": "måned og dag som 05-01", "opens": "et klokkeslæt som 09:00",
    "closes": "et klokkeslæt som 17:00",
}  # fmt: skip
"""What is allowed where a pattern refuses, by the field's name."""
NO_JSON: Final = "det er ikke hel JSON"
_GOT = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_LENGTH = re.compile(r"Expected `(\w+)` of length (<=|>=|==)? ?(\d+)")
_LIMIT = re.compile(r"Expected `\w+` (<=|>=|<|>) (-?[\d.]+)")
_ENUM = re.compile(r"Invalid enum value (.+)", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `([^`]+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_BYTE = re.compile(r"\(byte (\d+)\)")


def in_danish(said: str | msgspec.MsgspecError, kind: Any = None) -> tuple[str, str]:
    """(the field as `access.width_cm`, "" where it is the whole value; what is wrong and what is allowed, no full stop) of what a
    msgspec.MsgspecError of `kind` says. Words that a rule of our own says stay as they are."""
    said = str(said)
    text, _, path = said.rpartition(" - at ") if " - at `" in said else (said, "", "")
    at = path.strip("`").removeprefix("$").removeprefix(".")
    if (gone := _MISSING.match(text)) or (more := _UNKNOWN.match(text)):
        name = (gone or more)[1]  # type: ignore[index]
        return f"{at}.{name[:40]}".strip("."), "feltet mangler" if gone else "feltet kendes ikke"
    return at, _wrong(text, at, kind)


def _wrong(text: str, at: str, kind: Any) -> str:
    if match := _GOT.match(text):
        return f"skal være {_types(match[1])}, og er {_types(match[2])}"
    if match := _LENGTH.match(text):
        most = {"<=": "højst", ">=": "mindst"}.get(match[2] or "", "netop")
        return f"skal have {most} {match[3]} {'tegn' if match[1] == 'str' else 'dele'}"
    if match := _LIMIT.match(text):
        return f"skal være {'højst' if match[1][0] == '<' else 'mindst'} {match[2].removesuffix('.0')}"
    if match := _ENUM.match(text):
        some = ", ".join(map(str, _allowed(kind, at)))
        return f"{match[1][:40]} kan ikke vælges" + (f". Skriv et af: {some}" if some else "")
    if text.startswith(("JSON is malformed", "Input data was truncated")):
        byte = _BYTE.search(text)
        return NO_JSON + (f" (byte {byte[1]})" if byte else ", den er skåret over")
    if "RFC3339" in text:
        return f"skal være {TYPES['date']}"
    if text.startswith(("Expected", "Invalid", "Integer", "Object", "Can't")):
        form = FORMS.get(re.sub(r"\[[^]]*\]", "", at).rpartition(".")[2])
        return f"skal være {form}" if form else "har en form, der ikke kan bruges"
    return text.removesuffix(".")


def _types(said: str) -> str:
    return " eller ".join(TYPES.get(one.strip(), one.strip()) for one in said.split("|"))


def _allowed(kind: Any, at: str) -> list[Any]:
    """The words that may stand in a field that takes some alone."""
    if kind is None:
        return []
    here = [inspect.type_info(kind)]
    for step in filter(None, re.split(r"\.|(?=\[)", at)):
        here = [inner for one in here for inner in _below(one, step)]
    return [value for one in _flat(here) if isinstance(one, inspect.LiteralType) for value in one.values]


def _flat(types: list[inspect.Type]) -> Iterator[inspect.Type]:
    for one in types:
        if isinstance(one, inspect.UnionType):
            yield from _flat(list(one.types))
        elif isinstance(one, inspect.Metadata):
            yield from _flat([one.type])
        else:
            yield one


def _below(type: inspect.Type, step: str) -> Iterator[inspect.Type]:
    for one in _flat([type]):
        if isinstance(one, inspect.StructType):
            yield from (field.type for field in one.fields if field.encode_name == step)
        elif isinstance(one, inspect.ListType | inspect.VarTupleType):
            yield one.item_type
