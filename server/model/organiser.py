"""organiser: who holds events. The body, and the args of save_organiser and set_organiser."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from server.model.values import Id, Slug, Url, Value

OrganiserName = Annotated[str, Meta(min_length=1, max_length=120)]
Notes = Annotated[str, Meta(max_length=4000)]


class OrganiserStaff(Value, frozen=True, kw_only=True):
    """What staff alone read of an organiser. `at_once`: what it makes is public without being looked at first, whatever the setting."""

    at_once: bool
    notes: str | None


class Organiser(Value, frozen=True, kw_only=True):
    """The body of kind "organiser": an association, or the municipality itself. `staff` stands in the staff scope alone."""

    id: Id
    slug: Slug
    name: OrganiserName
    url: Url | None
    staff: OrganiserStaff | UnsetType = UNSET


class OrganiserSet(Value, frozen=True, kw_only=True):
    """The fields that save_organiser may set: others stay, null empties."""

    slug: Slug | UnsetType = UNSET
    name: OrganiserName | UnsetType = UNSET
    url: Url | UnsetType | None = UNSET
    at_once: bool | UnsetType = UNSET
    notes: Notes | UnsetType | None = UNSET


class SaveOrganiser(Value, frozen=True, kw_only=True):
    """args of save_organiser. A new UUIDv7 as subject makes it; then `name` must be there."""

    set: OrganiserSet


class SetOrganiser(Value, frozen=True, kw_only=True):
    """args of set_organiser: for whom a person makes events; null: for nobody."""

    organiser_id: Id | None
