"""The keys of a file that are a register's keys written otherwise: 01 and 1, and where somebody has said whose the file is, all that
stands here under the same name in the same spot."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import msgspec

from server.domain.importing import same_source
from server.domain.importing.prepare import Ready
from server.domain.importing.reimport import Kind
from server.domain.importing.row import At
from server.model.ids import imported_id
from server.store import facility, imports, route
from server.store.same_source import Look
from sync.sql import Tx

NUMBER: Final = re.compile(r"(\d{1,18})(?:\.0+)?")
Keys = dict[tuple[str, str], str]
"""(source, key of the file): the key that stands here."""


def rekeyed(tx: Tx, made: Ready, looks: Mapping[tuple[Kind, str], Mapping[str, Look]], *, chosen: bool) -> Ready:
    """What was made ready, under the keys of its registers. `looks`: by kind and source, of each key; `chosen`: somebody has said whose
    the file is."""
    keys: dict[Kind, Keys] = defaultdict(dict)
    for (kind, source), each in looks.items():
        held = {one.key for one in imports.held(tx, kind, source).values()}
        new = each.keys() - held
        if not held or not new:
            continue
        found = _numbers(held, each.keys())
        if chosen and len(new - found.keys()) * 2 > len(each):
            alike = same_source.alike(tx, kind, each, source)
            taken = (each.keys() & held) | set(found.values())
            found |= {
                key: one.key for key, one in alike.items() if key in new and key not in found and one.key not in taken
            }
        keys[kind] |= {(source, key): to for key, to in found.items()}
    if not any(keys.values()):
        return made
    return replace(
        made,
        facilities=_facilities(made.facilities, keys["facility"]),
        routes=_routes(tx, made.routes, keys["route"]),
    )


def _numbers(held: Iterable[str], file: Iterable[str]) -> dict[str, str]:
    """{key of the file: the same number, as it is written here}, where all that stands here are plain numbers and each stands once."""
    here, there = _by_number(held), _by_number(file)
    if here is None or there is None:
        return {}
    return {key: here[number] for number, key in there.items() if number in here and here[number] != key}


def _by_number(keys: Iterable[str]) -> dict[int, str] | None:
    found: dict[int, str] = {}
    for key in keys:
        number = NUMBER.fullmatch(key)
        if number is None or int(number[1]) in found:
            return None
        found[int(number[1])] = key
    return found


def _facilities(
    things: Sequence[tuple[facility.EncodedFacility, list[At]]], keys: Keys
) -> list[tuple[facility.EncodedFacility, list[At]]]:
    done = []
    for one, at in things:
        row, key = one.row, keys.get((one.row.source, one.row.key))
        if key is None:
            done.append((one, at))
            continue
        row = msgspec.structs.replace(row, key=key, id=imported_id(row.source, "facility", key))
        done.append((facility.encoded(row), at))
    return done


def _routes(
    tx: Tx, things: Sequence[tuple[route.EncodedRoute, list[At]]], keys: Keys
) -> list[tuple[route.EncodedRoute, list[At]]]:
    """Stretches too go by those that stand here, where they are as many."""
    ids = {pair: imported_id(pair[0], "route", key) for pair, key in keys.items()}
    here = {one.body.id: one.body.stretches for one in (route.bodies(tx, list(ids.values()), {}) if ids else ())}
    done = []
    for one, at in things:
        row, pair = one.row, (one.row.source, one.row.key)
        if pair not in keys:
            done.append((one, at))
            continue
        stretches, had = row.stretches, here.get(ids[pair], ())
        if len(had) == len(stretches):
            stretches = [msgspec.structs.replace(new, id=old.id) for new, old in zip(stretches, had, strict=True)]
        row = msgspec.structs.replace(row, key=keys[pair], id=ids[pair], stretches=stretches)
        done.append((route.encoded(row), at))
    return done
