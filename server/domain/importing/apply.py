"""apply_import: a file that was read (formats/geodata.py) becomes facilities and routes, in one transaction.

Once in, twice the same: importing again changes nothing. What is withdrawn here stays so, and what a person changed here too
(reimport.py). What the register no longer has is told, not deleted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.done import Done
from server.domain.importing import chosen, ground, own_places, place_rows, places, reimport, same_source
from server.domain.importing.ground import Ground
from server.domain.importing.own import Day
from server.domain.importing.prepare import Ready, prepare, ready
from server.domain.importing.rekeyed import rekeyed
from server.domain.importing.row import At
from server.domain.refusal import Refused
from server.domain.site import is_site
from server.formats import geodata, rows
from server.formats.reasons import left
from server.formats.rows import Found, Left
from server.model.imports import ApplyImport, Choices
from server.store import edited, facility, imported, imports
from server.store import same_source as same_source_store
from server.store.same_source import Look
from sync.sql import Tx
from sync.wire import Subject

GONE_NAMED = 200
LEFT_NAMED = 2_000
"""So many rows that were left out are named one by one."""
FIELDS_NAMED = 200
"""So many differences, and conflicts, are told one by one; all are counted."""
LONGEST = 1_000
"""Characters of a value, as JSON, that are told: a longer one is told by its beginning. What is told is kept with the op's reply."""
LACKING_NAMED = 100
NO_CHOICE = Choices()
Kind = Literal["facility", "route", "place"]
Things = Sequence[tuple[reimport.Encoded, list[At]]]


def apply_import(tx: Tx, ctx: Ctx, subject: Subject, args: ApplyImport) -> Done:
    """The verb, done to settings/site. Raises `Refused` where the file's lines are not there or not whole."""
    is_site(subject)
    edit.seen_fits(args.source, "/args/source")
    made = ctx.imports.get((args.blob, args.source)) or made_ready(
        ctx.data_dir, args.blob, args.source, today=ctx.today
    )
    read_as = renamed(tx, made) if args.source is None else {}
    if read_as:
        made = made_ready(ctx.data_dir, args.blob, None, read_as, today=ctx.today)
    if known := grounds(tx, made):
        made = made_ready(ctx.data_dir, args.blob, args.source, read_as or made.read_as, today=ctx.today, grounds=known)
    # What comes out of a database like this one knows its keys.
    theirs = _grouped(made, lambda one, at: one.edited is None)
    looks = {(kind, source): _looks(things) for kind, source, things in theirs}
    made = rekeyed(tx, made, looks, chosen=args.source is not None)
    if args.source is not None:
        said = [left(args.source, None, "twice", 0, source=other) for other in _twice(tx, made, args.source)]
        return chosen.noted(tx, ctx, args, apply(tx, ctx, replace(made, left=[*made.left, *said]), args.choices))
    _refuse_others(tx, made)
    for kind, layer, things in _by_layer(made):
        if layer not in made.drawn and layer not in made.read_as.values():
            same_source.refuse_alike(tx, kind, layer, _looks(things))
    said = [left(layer, None, "same_source", 0, source=known) for layer, known in made.read_as.items()]
    said += [left(layer, None, "stranger", 0, source=layer) for layer in _strangers(tx, made)]
    said += list(_shared(tx, made))
    said += [
        left(layer, None, "twice", 0, source=other) for layer in sorted(made.drawn) for other in _twice(tx, made, layer)
    ]
    return chosen.noted(tx, ctx, args, apply(tx, ctx, replace(made, left=[*made.left, *said]), args.choices))


def made_ready(
    data_dir: Path,
    blob: str,
    source: str | None,
    read_as: Mapping[str, str] | None = None,
    *,
    today: Day = None,
    grounds: Mapping[str, Ground] | None = None,
) -> Ready:
    """The file's lines as rows of the store, encoded. Needs no transaction; whoever holds none passes it on in `Ctx.imports`, so
    that the one writer is held for writing alone. `read_as`: layers that go by another name than their own; `today`, `grounds`: prepare's.
    Raises as the verb."""
    path = geodata.lines_of(data_dir, blob)
    try:
        prepared = prepare(_read_as(rows.read(path), read_as or {}), source, today, grounds)
        places, left_out = place_rows.ready(prepared.places, rows.columns(path), source)
        prepared.left += left_out
        emptied = frozenset(
            source or one.layer for one in prepared.left if one.code in ("no_features", "no_rows_below")
        )
        places += [place_rows.Source(name, chosen=True, layer=name, places=[], columns=[]) for name in sorted(emptied)]
        return replace(
            ready(prepared), places=places, read_as=read_as or {}, grounded=grounds is not None, emptied=emptied
        )
    except FileNotFoundError as reason:
        raise Refused(
            "invalid", "Filen er ikke læst, eller dens linjer er væk. Læs den igen.", at="/args/blob"
        ) from reason
    except (rows.NotWhole, msgspec.MsgspecError, ValueError) as reason:
        raise Refused("invalid", f"Filens linjer er ikke hele ({reason}). Læs den igen.", at="/args/blob") from reason


def apply(tx: Tx, ctx: Ctx, made: Ready, choices: Choices = NO_CHOICE) -> Done:
    """Writes what was made ready, as somebody chose it.

    `Done.result`: `new`, `changed`, `unchanged` count rows of the file, `left_out` names each other
    row (or `rows` of them at once; 0 is a remark on what was taken), and all of them add up to what was in the file. `things` counts what
    came of it by kind, `gone` names what the register no longer has, and which fields of it people changed here (`edited`; those first),
    `columns` says how those of a table were read. `differences` and `conflicts` are reimport.Differing's. `lacking` names the places of it
    that lack something before readers can be shown them."""
    told = _Outcome(list(made.left), chosen.taken(choices))
    renamed = made.read_as.values()
    told.put(tx, ctx, "facility", made.facilities, renamed, made.emptied)
    told.put(tx, ctx, "route", made.routes, renamed, made.emptied)
    told.places(tx, ctx, made)
    told.own_places(tx, ctx, made)
    told.stay(tx, choices)
    return Done(touched=told.touched, result=told.result(tx))


class _Outcome:
    """What is said of an import while it runs."""

    def __init__(self, left_out: list[Left], taken: chosen.Taken) -> None:
        self.left_out, self.taken = left_out, taken
        self.there: set[str] = set()
        self.rows: Counter[str] = Counter()
        self.things: dict[Kind, Counter[str]] = {"facility": Counter(), "route": Counter(), "place": Counter()}
        self.fields = reimport.Differing()
        self.columns: list[dict[str, str]] = []
        self.gone: list[dict[str, Any]] = []
        self.touched: list[tuple[str, str]] = []

    def put(
        self, tx: Tx, ctx: Ctx, kind: reimport.Kind, things: Things, renamed: Collection[str], emptied: Collection[str]
    ) -> None:
        """`renamed`: the sources that go by another name in this file; `emptied`: Ready's."""
        sources = {
            source: imports.held(tx, kind, source) for source in {made.row.source for made, _ in things} | {*emptied}
        }
        held = {id: one for each in sources.values() for id, one in each.items()}
        same = {id: one.same for id, one in held.items()}
        there: list[tuple[reimport.Encoded, list[tuple[str, int]]]] = []
        for made, at in things:
            had = held.pop(made.row.id, None)
            if had is not None and had.withdrawn:
                self.left_out += [left(*one, "withdrawn") for one in at]
            else:
                there.append((made, at))
        done = reimport.take(tx, ctx, kind, [made for made, _ in there], same, self.fields, self.taken)
        self.there.update(made.row.id for made, _ in there)
        for (made, at), how in zip(there, done, strict=True):
            self.rows[how] += len(at)
            self.things[kind][how] += 1
            if how != "unchanged":
                self.touched.append((kind, made.row.id))
        marked = edited.marked(tx, kind)
        for source, each in sources.items():
            gone = [id for id in each if id in held and not held[id].withdrawn]
            if source not in renamed or len(gone) * 2 <= len(each):  # else the file is a part of it
                self.gone += [
                    {"kind": kind, "id": id, "name": held[id].name, "edited": sorted(marked.get(id, ()))} for id in gone
                ]

    def places(self, tx: Tx, ctx: Ctx, made: Ready) -> None:
        """Rows of tables, waypoints: places.py writes them."""
        told = places.PlacesTold()
        places.apply(tx, ctx, made.places, told, self.taken)
        self.there.update(told.there)
        self.rows.update(told.how)
        self.things["place"].update(told.how)
        self.left_out += told.left
        self.gone += told.gone
        self.touched += told.touched
        self.fields.differences += told.differences
        self.fields.conflicts += told.conflicts
        self.columns += [
            {"layer": column.layer, "column": column.column, "read_as": column.read_as, "reason": column.reason}
            for source in made.places
            for column in source.columns
        ]

    def own_places(self, tx: Tx, ctx: Ctx, made: Ready) -> None:
        """Places of our own GeoJSON: own_places.py writes them."""
        for id, how in own_places.take(tx, ctx, made.own_places, self.fields, self.left_out):
            self.rows[how] += 1
            self.things["place"][how] += 1
            if how != "unchanged":
                self.touched.append(("place", id))

    def stay(self, tx: Tx, choices: Choices) -> None:
        """Remembers which of what is gone stays; what the register has again is news when it leaves."""
        kept = imported.kept(tx)
        imported.back(tx, kept & self.there)
        gone = {(one["kind"], one["id"]) for one in self.gone}
        for one in choices.keep:
            if (one.kind, one.id) in gone:
                imported.keep(tx, one.kind, one.id)
        stay = kept | {one.id for one in choices.keep}
        self.gone = [one | ({"kept": True} if one["id"] in stay else {}) for one in self.gone]

    def result(self, tx: Tx) -> dict[str, Any]:
        order = chosen.COUNTED
        lacking = chosen.lacking(tx, (id for kind, id in self.touched if kind == "place"))
        return {
            **{how: self.rows[how] for how in order},
            "left_out": [_left_out(one) for one in _folded(self.left_out)],
            "things": {kind: {how: counts[how] for how in order} for kind, counts in self.things.items()},
            "gone": sorted(self.gone, key=lambda one: ("kept" in one, not one["edited"]))[:GONE_NAMED],
            "gone_edited_count": sum(bool(one["edited"]) for one in self.gone),
            "gone_count": len(self.gone),
            "columns": self.columns,
            "differences": _cut(self.fields.differences, "before", "after"),
            "differences_count": len(self.fields.differences),
            "conflicts": chosen.written(tx, _cut(self.fields.conflicts, "here", "register")),
            "conflicts_count": len(self.fields.conflicts),
            "needed_count": sum(bool(one.get("needed")) for one in self.fields.conflicts),
            "lacking": lacking[:LACKING_NAMED],
            "lacking_count": len(lacking),
        }


def _cut(told: Sequence[dict[str, Any]], *values: str) -> list[dict[str, Any]]:
    """The first of them, with no value that is too long."""
    return [{**one, **{name: _beginning(one[name]) for name in values}} for one in told[:FIELDS_NAMED]]


def _beginning(value: Any) -> Any:
    text = msgspec.json.encode(value).decode()
    return value if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def renamed(tx: Tx, made: Ready) -> dict[str, str]:
    """{layer: source} of the layers that are another source's by what they bring, though nothing goes by their own name: `read_as`, of
    a file whose source nobody said. Whoever makes files ready before BEGIN asks first; the verb reads them once more where nobody did.
    Keys of our own files are public, so one that names no register never becomes another's by them."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for kind, layer, things in _by_layer(made):
        if layer not in made.drawn:
            found[layer].add(same_source.find(tx, kind, layer, _looks(things)))
    return {
        layer: known
        for layer, sources in found.items()
        if len(sources) == 1 and (known := next(iter(sources))) is not None
    }


def grounds(tx: Tx, made: Ready) -> Mapping[str, Ground]:
    """Where the registers of a file had their things, if the file brings anything that is not here just so: it may be the same things with
    other digits. Whoever makes files ready before BEGIN asks first, and makes them ready once more with these."""
    if made.grounded:
        return {}
    sources: set[str] = set()
    for kind, source, each in _by_source(made):
        held = imports.held(tx, kind, source)
        if held and any(one.row.id not in held or held[one.row.id].same != one.same for one in each):
            sources.add(source)
    return ground.of(tx, sources)


def _strangers(tx: Tx, made: Ready) -> list[str]:
    """The layers that go by the name of a source with which they have nothing in common."""
    common: dict[str, bool] = {}
    for kind, layer, things in _by_layer(made):
        if held := imports.held(tx, kind, layer):
            common[layer] = common.get(layer, False) or any(one.row.id in held for one in things)
    return [layer for layer, any_ in common.items() if not any_]


def _refuse_others(tx: Tx, made: Ready) -> None:
    """Raises Refused where a layer goes by the name of a source and brings other things under its keys. What a person changed here is no
    sign: the file may be the one that it always was."""
    for kind, layer, things in _by_layer(made):
        marked = edited.marked(tx, kind)
        files = {one.row.id: one for one in things if one.row.id not in marked}
        held = imports.held(tx, kind, layer)
        if all(id not in held or held[id].same == one.same for id, one in files.items()):
            continue
        looks = _looks(things)
        pairs = [
            (key, here, looks[key])
            for source, key, id, here in same_source_store.holders(tx, kind, looks)
            if source == layer and id in files
        ]
        same_source.refuse_others(kind, layer, pairs)


def _shared(tx: Tx, made: Ready) -> Iterator[Left]:
    """Lines that stand here from another register already, of a layer that is taken as one by itself."""
    for kind, layer, things in _by_layer(made):
        if kind == "route" and layer not in made.read_as.values():
            for source, count in sorted(same_source.shared(tx, layer, _looks(things)).items()):
                yield left(layer, None, "shared", 0, count=count, source=source)


def _twice(tx: Tx, made: Ready, source: str) -> list[str]:
    """The sources of which most that this one brings is known already: whoever said its name is told, and has the last word. Things that
    go by a register of their own, as those of our own files do, stand there once."""
    found = (same_source.find(tx, kind, source, _looks(each)) for kind, its, each in _by_source(made) if its == source)
    return sorted({other for other in found if other})


def _by_source(made: Ready) -> Iterator[tuple[reimport.Kind, str, list[reimport.Encoded]]]:
    """What a file brings by kind and source."""
    return _grouped(made, lambda one, at: True)


def _by_layer(made: Ready) -> Iterator[tuple[reimport.Kind, str, list[reimport.Encoded]]]:
    """What a file brings by kind and layer, of what goes by its layer's name."""
    return _grouped(made, lambda one, at: bool(at) and at[0][0] == one.row.source)


def _grouped(
    made: Ready, belongs: Callable[[reimport.Encoded, list[At]], bool]
) -> Iterator[tuple[reimport.Kind, str, list[reimport.Encoded]]]:
    kinds: tuple[tuple[reimport.Kind, Things], ...] = (("facility", made.facilities), ("route", made.routes))
    for kind, things in kinds:
        by: dict[str, list[reimport.Encoded]] = defaultdict(list)
        for one, at in things:
            if belongs(one, at):
                by[one.row.source].append(one)
        for source, each in by.items():
            yield kind, source, each


def _looks(things: Iterable[reimport.Encoded]) -> dict[str, Look]:
    return {one.row.key: _look(one) for one in things}


def _look(one: reimport.Encoded) -> Look:
    if isinstance(one, facility.EncodedFacility):
        row = one.row
        return (
            Look(row.name.da, (row.x, row.y), row.code or row.type_text)
            if row.name
            else Look(row.type_text, (row.x, row.y))
        )
    x, y = zip(*(point for stretch in one.row.stretches for point in stretch.xy), strict=True)
    middle = (min(x) + max(x)) / 2, (min(y) + max(y)) / 2
    return Look(one.row.name.da, middle, str(one.columns["modes"]) if one.row.modes else None)


def _read_as(lines: Iterable[Found | Left], read_as: Mapping[str, str]) -> Iterator[Found | Left]:
    """Facilities and lines under the name that their layer is known by, so that all is read as it was before; places find theirs
    themselves (places.py)."""
    for line in lines:
        if isinstance(line, Found) and line.kind != "place" and line.layer in read_as:
            yield msgspec.structs.replace(line, layer=read_as[line.layer])
        else:
            yield line


def _folded(left_out: Sequence[Left]) -> list[Left]:
    """The first of them as they are; the others together by layer and reason, so that an answer that is kept does not grow with a file in
    which everything is left out."""
    more: dict[tuple[str, str], list[Left]] = defaultdict(list)
    for one in left_out[LEFT_NAMED:]:
        more[one.layer, one.code].append(one)
    return [
        *left_out[:LEFT_NAMED],
        *(
            Left(
                layer,
                None,
                code,
                f"{len(each)} til af samme slags. Det første: {each[0].reason}",
                sum(one.rows for one in each),
            )
            for (layer, code), each in more.items()
        ),
    ]


def _left_out(one: Left) -> dict[str, Any]:
    told = {"layer": one.layer, "row": one.row, "code": one.code, "reason": one.reason}
    return told if one.rows == 1 else {**told, "rows": one.rows}
