"""Places out of our own GeoJSON, as they went out of a database like this one: with the state that they had, and their links.

One that is not here is made, under its id. One that is here is people's words: nothing of it changes, and what differs is told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import UNSET

from server.domain import edit
from server.domain.ctx import Ctx
from server.domain.importing.own import OwnRow
from server.domain.importing.reimport import Differing
from server.domain.refusal import Refused
from server.formats import own
from server.formats.reasons import left
from server.formats.report import FIELDS
from server.formats.rows import Left
from server.model.lifecycle import PUBLIC
from server.model.place import Place, PlaceSet, missing
from server.model.slug import slug
from server.model.values import Access
from server.store import place, place_import, route, slugs, thing
from server.store.place import PlaceRow, Said
from server.store.register import HERE, Upserted
from sync.sql import Tx

TOLD: Final = (
    *(name for name in Said.__struct_fields__ if name not in own.STAYS),
    "point",
    "form",
    "route_id",
    "facility_ids",
    "state",
)
"""What is told where it differs; an address may have got a number here."""
EMPTY: Final[dict[str, Any]] = {"access": Access(), "approaches": (), "closures": ()}


def _fits(given: PlaceSet) -> None:
    """As save_place asks. Raises Refused."""
    edit.words_fit(given)
    edit.name_fits(given.name)
    edit.approaches_fit(given.approaches)


def take(
    tx: Tx, ctx: Ctx, rows: Sequence[OwnRow], differing: Differing, told: list[Left]
) -> list[tuple[str, Upserted]]:
    """Writes the places that are not here. (id, how) of each row that is not left out; `told` grows by those that are, and by what is
    to be said of the others."""
    held = {row.id: row for row in place.many(tx, [row.said.id for row in rows])}
    done: list[tuple[str, Upserted]] = []
    opened: Counter[str] = Counter()
    pictures: Counter[str] = Counter()
    for row in rows:
        here = held.get(row.said.id)
        if here is not None and (here.withdrawn_on is not None or here.state == "dissolved"):
            told.append(left(*row.at, "dissolved" if here.state == "dissolved" else "withdrawn"))
            continue
        try:
            _fits(row.said.place)
        except Refused as refused:
            field = (refused.at or "").removeprefix("/args/set/").replace("/", ".")
            told.append(left(*row.at, "invalid", at=f"place.{field}", detail=refused.detail))
            continue
        made = _made(tx, ctx, row, told if here is None else [])
        if made is None:
            continue
        if here is not None:
            differing.conflicts += _differences(here, made)
            done.append((made.id, "unchanged"))
            continue
        if (other := _keyed(tx, row.said)) is not None:
            told.append(
                left(*row.at, "invalid", at="key", detail=f"{row.said.register} har den allerede her, på »{other}«")
            )
            continue
        made = _open(tx, row, made, told)
        number = place.save(tx, made)
        if row.said.register != HERE:
            place_import.put(tx, number, row.said.register, row.said.key, _register_said(made, row.said.edited or ()))
        opened[row.at[0]] += made.state in PUBLIC
        pictures[row.at[0]] += row.said.place_photos
        done.append((made.id, "new"))
    told += [left(layer, None, "opened", 0, count=count) for layer, count in opened.items() if count]
    told += [left(layer, None, "pictures", 0, count=count) for layer, count in pictures.items() if count]
    return done


def _made(tx: Tx, ctx: Ctx, row: OwnRow, told: list[Left]) -> PlaceRow | None:
    """The place as it would stand here, linked to what is here; None, and told, where it is a route that is not."""
    given, name = row.said.place, row.said.place.name
    assert name is not UNSET and given.form is not UNSET  # noqa: S101, PT018  own.places() saw to it
    route_id = given.route_id or None
    found = None if route_id is None else thing.find(tx, "route", route_id)
    if route_id is not None and (found is None or found.withdrawn_on is not None):
        if given.form == "route":
            told.append(left(*row.at, "route_first", name=name.da))
            return None
        told.append(left(*row.at, "links", 0, name=name.da, what=f"ruten {route_id}"))
        route_id = None
    named = given.facility_ids or ()
    known = thing.rows_of(tx, "facility", named)
    told += [left(*row.at, "links", 0, name=name.da, what=f"faciliteten {id}") for id in named if id not in known]
    said = edit.laid(given, Said.__struct_fields__, EMPTY)
    said["point"] = row.point
    return PlaceRow(
        row=0, id=row.said.id, slug=slugs.free(tx, "place", given.slug or slug(name.da), row.said.id), form=given.form,
        state=row.said.place_state, said=Said(**said), route_id=route_id, facility_ids=tuple(id for id in named if id in known),
        was_public=True, dissolved_on=None, why=None, successor_id=None, notes=None, last_seen_on=None, changed_at=ctx.moment,
        changed_by=ctx.who,
    )  # fmt: skip


def _open(tx: Tx, row: OwnRow, made: PlaceRow, told: list[Left]) -> PlaceRow:
    """The place in the state that it had; under development where readers would lack something."""
    body = made.body()
    assert isinstance(body, Place)  # noqa: S101  no dissolved one goes out
    lacks = missing(body, route_is_public=made.route_id is not None and route.is_public(tx, made.route_id))
    if not lacks:
        return made
    words = ", ".join(FIELDS.get(name, name) for name in lacks)
    told.append(left(*row.at, "not_whole", 0, name=made.said.name.da, missing=words))
    return msgspec.structs.replace(made, state="developing", was_public=False)


def _differences(here: PlaceRow, made: PlaceRow) -> Iterator[dict[str, Any]]:
    now, said = edit.fields(here.body()), edit.fields(made.body())
    for name in TOLD:
        if now.get(name) != said.get(name):
            one = {"kind": "place", "id": here.id, "name": here.said.name.da, "field": name}
            yield one | {"here": now.get(name), "register": said.get(name), "new": True}


def _keyed(tx: Tx, said: own.OwnPlace) -> str | None:
    """The name of another place that its register has brought here under its key."""
    found = None if said.register == HERE else place_import.held(tx, said.register).get(said.key)
    return None if found is None else found.name


def _register_said(made: PlaceRow, edited: Sequence[str]) -> dict[str, Any]:
    """What the register is taken to have said: what stands here, of what nobody edited. The rest is unknown, and like nothing that
    stands here, so that it stays as somebody wrote it when the register comes."""
    body = made.body()
    assert isinstance(body, Place)  # noqa: S101
    here = place_import.flat(place_import.fields(body))
    said = {name: value for name, value in here.items() if name not in edited}
    said |= {name: "" for name in edited if name not in here and name != "point"}
    if said.get("form") == "spot":
        del said["form"]
    if "name" in edited:
        said["name"] = here["name"] | {"": ""}
    return place_import.raised(said)
