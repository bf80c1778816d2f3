"""Which Structs are the body of which kind: what the feed carries, and what the phone's types are made from."""

from typing import Final

from msgspec import Struct

from server.model.facility import Facility
from server.model.fault import Fault
from server.model.place import Dissolved, Place
from server.model.route import Route
from server.model.site import Site

KINDS: Final[dict[str, tuple[type[Struct], ...]]] = {
    "place": (Place, Dissolved),
    "facility": (Facility,),
    "route": (Route,),
    "settings": (Site,),
    "fault": (Fault,),
}
