"""Which share a request's ops are taken from. Anonymous ones are counted by address, and so are those of a phone that is not known here,
whose secret anybody may make up; those of a known phone by the phone, since a village can be behind one address."""

from dataclasses import dataclass, replace
from typing import Final

from litestar.datastructures import State

from server.ops import Credential, Share
from server.store import device
from server.store.database import Database
from server.web.intake import Taken
from server.web.limits import Limits

DEVICES_AN_HOUR: Final = 30
"""New devices from an address in an hour."""
DEVICE_OPS_AN_HOUR: Final = 240
"""New ops of a known device in an hour."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Of what a request takes its share. `devices`: those that its address has left to make; None where the device is there."""

    ops: Limits | None
    key: str
    devices: Limits | None
    address: str

    def take(self, lines: int) -> Share | None:
        """What a request of so many lines may do; `settle` when it is over. None where there is no limit."""
        share = self.ops.take(self.key, lines) if self.ops else None
        devices = self.devices.take(self.address, 1) if self.devices else None
        return share if share is None or devices is None else replace(share, devices=devices)

    def settle(self, share: Share | None, taken: Taken) -> None:
        """Gives back what it has not used."""
        if share is None:
            return
        if self.ops:
            self.ops.settle(self.key, share, taken.new)
        if self.devices:
            self.devices.settle(self.address, share.devices, taken.devices)


async def sender_of(state: State, sender: Credential, address: str) -> Sender:
    """Of whom a request is counted. Somebody who is logged in is not."""
    if sender.kind == "none":
        return Sender(state.limits, address, None, address)
    if sender.device is None:
        return Sender(None, address, None, address)
    sha256 = sender.device
    database: Database = state.database
    if await database.read(lambda tx: device.find(tx, sha256)) is None:
        return Sender(state.limits, address, state.new_devices, address)
    return Sender(state.device_limits, sha256.hex(), None, address)
