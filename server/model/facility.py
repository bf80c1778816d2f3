"""facility: a thing in the landscape, with its GeoFA code where it has one. Places point at facilities, never back. And what
save_facility takes."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

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


class FacilitySet(Value, frozen=True, kw_only=True):
    """The fields that save_facility may set: others stay, null empties. `public` false: staff alone read it."""

    code: Code | UnsetType | None = UNSET
    type_text: Words | UnsetType = UNSET
    name: Text | UnsetType | None = UNSET
    point: Point | UnsetType = UNSET
    access: Access | UnsetType | None = UNSET
    season: Season | UnsetType | None = UNSET
    open_24h: Fact[bool] | UnsetType | None = UNSET
    public: bool | UnsetType = UNSET


class SaveFacility(Value, frozen=True, kw_only=True):
    """args of save_facility. A new UUIDv7 as subject makes the facility; then `type_text` and `point` must be there."""

    set: FacilitySet
