"""Structs in the short notation of docs/wire.md: `Name {field: shape, may_be_absent?: shape, field: shape = what absence means}`."""

import re
import textwrap
from collections.abc import Iterable
from typing import Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct, inspect

from server.model import facility, hours, lifecycle, place, route, site, values

WIDTH = 140
KEPT = "\u00a0"
"""Stands for a space within a field while lines are broken between fields."""
SCALARS: Final[dict[str, Any]] = {
    "Id": values.Id,
    "Sha256": values.Sha256,
    "Slug": values.Slug,
    "Words": values.Words,
    "Prose": values.Prose,
    "Phone": values.Phone,
    "Url": values.Url,
    "Line": values.Line,
    "Point": values.Point,
    "Bounds": site.Bounds,
    "Clock": values.Clock,
    "ClockTo24": values.ClockTo24,
    "DayOfYear": values.DayOfYear,
    "Metres": values.Metres,
    "Centimetres": values.Centimetres,
    "Code": facility.Code,
    "Language": values.Language,
    "Day": hours.Day,
    "Form": place.Form,
    "State": lifecycle.State,
    "Mode": route.Mode,
    "Surface": values.Surface,
    "What": values.What,
    "FaultState": values.FaultState,
}
"""Shapes that have a name of their own in server/model, by that name."""
NAMED: Final = [(inspect.type_info(alias), name) for name, alias in SCALARS.items()]


class Unknown(Exception):
    """A type that has no notation here yet."""


def scalars() -> str:
    """One line for each named shape."""
    wide = max(map(len, SCALARS))
    return "\n".join(f"{name:{wide}} {_defined(alias)}" for name, alias in SCALARS.items()) + "\n"


def structs(found: Iterable[type[Struct]], known: Iterable[type[Struct]] = ()) -> str:
    """Each Struct and those that it is made of, in the order of first use; `known` ones and theirs stand elsewhere."""
    elsewhere: dict[str, str] = {}
    for root in known:
        _reach(inspect.type_info(root), elsewhere)
    done: dict[str, str] = dict.fromkeys(elsewhere, "")
    for root in found:
        _reach(inspect.type_info(root), done)
    return "\n".join(filter(None, done.values())) + "\n"


def members(struct: type[Struct]) -> str:
    """`{field: shape, …}` of one Struct."""
    info = inspect.type_info(struct)
    if not isinstance(info, inspect.StructType):
        raise Unknown(f"{struct!r} is no Struct")
    return _members(info)


def _defined(alias: Any) -> str:
    """A named shape spelled out; a list of words in the order in which the code has them."""
    if get_origin(alias) is Literal:
        return "|".join(_json(word) for word in get_args(alias))
    return _spelled(inspect.type_info(alias))


def _reach(info: inspect.Type, done: dict[str, str]) -> None:
    for struct in _within(info):
        name = _plain(struct.cls).__name__
        if name in done:
            continue
        done[name] = ""
        done[name] = textwrap.fill(
            f"{name}{'<T>' if get_args(struct.cls) else ''} "
            + _members(struct).replace(" ", KEPT).replace(f",{KEPT}", ", "),
            WIDTH,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        ).replace(KEPT, " ")
        for field in struct.fields:
            _reach(field.type, done)


def _within(info: inspect.Type) -> list[inspect.StructType]:
    match info:
        case inspect.StructType():
            return [info]
        case inspect.UnionType():
            return [struct for one in info.types for struct in _within(one)]
        case inspect.VarTupleType():
            return _within(info.item_type)
        case _:
            return []


def _plain(cls: Any) -> Any:
    """Fact of Fact[bool]."""
    return get_origin(cls) or cls


def _members(struct: inspect.StructType) -> str:
    open_ = bool(get_args(struct.cls))
    return "{" + ", ".join(_member(field, open_=open_) for field in struct.fields) + "}"


def _member(field: inspect.Field, *, open_: bool) -> str:
    shape = "T" if open_ and field.name == "value" else _shape(field.type)
    if field.required:
        return f"{field.encode_name}: {shape}"
    if field.default_factory is not NODEFAULT:
        return f"{field.encode_name}: {shape} = {_json(field.default_factory())}"
    if field.default is not NODEFAULT:
        return f"{field.encode_name}: {shape} = {_json(field.default)}"
    return f"{field.encode_name}?: {shape}"


def _shape(info: inspect.Type) -> str:
    named = next((name for one, name in NAMED if one == info), None)
    return named or _spelled(info)


def _spelled(info: inspect.Type) -> str:
    match info:
        case inspect.StructType():
            given = [_shape(inspect.type_info(argument)) for argument in get_args(info.cls)]
            return str(_plain(info.cls).__name__) + (f"<{', '.join(given)}>" if given else "")
        case inspect.UnionType():
            parts = [_shape(one) for one in info.types]
            return "|".join(sorted(parts, key=lambda part: part == "null"))
        case inspect.LiteralType():
            return "|".join(_json(word) for word in info.values)
        case inspect.VarTupleType():
            return f"[{_shape(info.item_type)}]{_length(info.min_length, info.max_length)}"
        case inspect.TupleType():
            return f"[{', '.join(_shape(one) for one in info.item_types)}]"
        case inspect.StrType():
            pattern = "" if info.pattern is None else f" /{info.pattern.replace(values.END, '$')}/"
            return f"string{_length(info.min_length, info.max_length)}{pattern}"
        case inspect.IntType():
            return f"integer{_length(info.ge, info.le)}"
        case inspect.FloatType():
            return f"number{_length(info.ge, info.le)}"
        case inspect.BoolType():
            return "boolean"
        case inspect.DateType():
            return "date"
        case inspect.NoneType():
            return "null"
        case inspect.DictType():
            return f"{{…: {_shape(info.value_type)}}}"
        case inspect.AnyType():
            return "any"
        case _:
            raise Unknown(f"{info!r} has no notation yet")


def _length(least: float | None, most: float | None) -> str:
    if most is None:
        return ""
    return f" ≤{most:,}" if least is None else f" {least:,}–{most:,}"


def _json(value: object) -> str:
    return re.sub(r"^\{.*\}$", "{}", msgspec.json.encode(value).decode())
