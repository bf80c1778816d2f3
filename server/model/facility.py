"""facility: a thing in the landscape, with its GeoFA code where it has one. Places point at facilities, never back."""

from typing import Annotated

from msgspec import Meta

from server.model.values import Access, Fact, FaultNote, Id, Point, Season, Text, Value, Words

Code = Annotated[int, Meta(ge=0, le=99_999)]
"""A code of GeoFA's list facil_ty_k: 1371 bench, 1012 toilet …"""


class Facility(Value, frozen=True, kw_only=True):
    """The body of kind "facility". `code` null: a type that GeoFA has not; `type_text` is its source's word."""

    id: Id
    code: Code | None
    type_text: Words
    name: Text | None
    point: Point
    access: Access
    season: Season | None
    open_24h: Fact[bool] | None
    source: Words
    faults: tuple[FaultNote, ...]
