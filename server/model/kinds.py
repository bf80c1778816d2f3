"""Which Structs are the body of which kind: what the feed carries, and what the phone's types are made from."""

from typing import Final

from msgspec import Struct

from server.model.event import Event
from server.model.facility import Facility
from server.model.fault import Fault
from server.model.notice import Notice
from server.model.organiser import Organiser
from server.model.place import Dissolved, Place
from server.model.route import Route
from server.model.site import Site

KINDS: Final[dict[str, tuple[type[Struct], ...]]] = {
    "place": (Place, Dissolved),
    "facility": (Facility,),
    "route": (Route,),
    "organiser": (Organiser,),
    "event": (Event,),
    "notice": (Notice,),
    "settings": (Site,),
    "fault": (Fault,),
}
