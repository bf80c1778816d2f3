"""The wire's Structs as TypeScript interfaces: `make types` writes them, a test holds them to the code.

What we send has `?` only where a field may be UNSET; what we take (args) has it where a field is not required."""

from collections.abc import Iterable
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect


class Unknown(Exception):
    """A type that has no TypeScript here yet: say how it travels before it is used on the wire."""


def interfaces(sent: Iterable[type[Any]], taken: Iterable[type[Any]] = ()) -> str:
    """The interfaces of all Structs reached from `sent` and `taken`, by name, in the order of first use."""
    sent, taken = list(sent), list(taken)
    done: dict[str, str] = {}
    for root in sent:
        _reach(inspect.type_info(root), done, taken=False)
    for root in taken:
        _reach(inspect.type_info(root), done, taken=True)
    return "\n\n".join(done.values()) + "\n"


def _name(info: inspect.StructType) -> str:
    return str(info.cls.__name__)


def _parameters(info: inspect.StructType) -> str:
    """<T> of a generic Struct, of which `info` is one use: Fact[bool]."""
    names = [parameter.__name__ for parameter in getattr(get_origin(info.cls), "__parameters__", ())]
    return f"<{', '.join(names)}>" if names else ""


def _reach(info: inspect.Type, done: dict[str, str], *, taken: bool) -> None:
    for struct in _structs(info):
        name = _name(struct)
        for argument in get_args(struct.cls):
            _reach(inspect.type_info(argument), done, taken=taken)
        if name in done:
            continue
        done[name] = ""  # holds the place: a Struct may hold itself
        done[name] = f"export interface {name}{_parameters(struct)} {_body(struct, taken=taken)}"
        for field in struct.fields:
            _reach(field.type, done, taken=taken)


def _structs(info: inspect.Type) -> list[inspect.StructType]:
    match info:
        case inspect.Metadata():
            return _structs(info.type)
        case inspect.StructType():
            return [info]
        case inspect.UnionType():
            return [s for t in info.types for s in _structs(t)]
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType():
            return _structs(info.item_type)
        case inspect.TupleType():
            return [s for t in info.item_types for s in _structs(t)]
        case inspect.DictType():
            return _structs(info.value_type)
        case _:
            return []


def _body(struct: inspect.StructType, *, taken: bool) -> str:
    lines = []
    if struct.tag is not None:
        lines.append(f"{struct.tag_field}: {_literal(struct.tag)};")
    open_ = get_type_hints(get_origin(struct.cls)) if get_origin(struct.cls) else {}
    for field in struct.fields:
        hint = open_.get(field.name)
        if isinstance(hint, TypeVar):
            lines.append(f"{field.encode_name}: {hint.__name__};")
            continue
        may_lack = not field.required and (taken or _may_be_unset(field))
        mark = "?" if may_lack else ""
        lines.append(f"{field.encode_name}{mark}: {_type(field.type, taken=taken)};")
    return "{\n" + "".join(f"  readonly {line}\n" for line in lines) + "}"


def _may_be_unset(field: inspect.Field) -> bool:
    """msgspec leaves UnsetType out of what it tells: a field that needs not be there and has no default is one."""
    return field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT


def _literal(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _type(info: inspect.Type, *, taken: bool) -> str:
    match info:
        case inspect.Metadata():
            return _type(info.type, taken=taken)
        case inspect.StructType():
            given = [_type(inspect.type_info(argument), taken=taken) for argument in get_args(info.cls)]
            return f"{_name(info)}<{', '.join(given)}>" if given else _name(info)
        case inspect.UnionType():
            parts = [_type(t, taken=taken) for t in info.types]
            return " | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "null"))
        case inspect.LiteralType():
            return " | ".join(_literal(v) for v in info.values)
        case inspect.EnumType():
            return " | ".join(_literal(member.value) for member in info.cls)
        case inspect.ListType() | inspect.VarTupleType() | inspect.SetType():
            item = _type(info.item_type, taken=taken)
            bare = item.startswith("{") or not ("|" in item or item.startswith("readonly"))
            return f"readonly {item}[]" if bare else f"readonly ({item})[]"
        case inspect.TupleType():
            return f"readonly [{', '.join(_type(t, taken=taken) for t in info.item_types)}]"
        case inspect.DictType():
            return f"Readonly<Record<string, {_type(info.value_type, taken=taken)}>>"
        case inspect.StrType() | inspect.DateTimeType() | inspect.DateType() | inspect.UUIDType():
            return "string"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.RawType() | inspect.AnyType():
            return "unknown"
        case _:
            raise Unknown(f"{info!r} has no TypeScript yet")
