"""Names to addresses of the open net, and to nothing else: what a name stands for is asked for once, looked at, and connected to."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult

from server.push.endpoint import is_open

Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[list[tuple[socket.AddressFamily, str]]]]
KEPT_S: Final = 60
"""How long what was found is used: the connector keeps addresses, not names."""


class ClosedAddress(OSError):
    """A name stands for an address behind the door: of this machine, or of a net that it is in. Nothing was asked of it."""


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[tuple[socket.AddressFamily, str]]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
    return [(known, str(address[0])) for known, _, _, _, address in found]


class OpenNet(AbstractResolver):
    """The resolver of the sender's connections. One closed address among open ones is enough to refuse the name."""

    def __init__(self, look_up: Lookup = _look_up) -> None:
        self._look_up = look_up

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises ClosedAddress, and OSError where the name is not known."""
        found = await self._look_up(host, port, family)
        if any(not is_open(address) for _, address in found):
            raise ClosedAddress(f"{host} stands for an address that is not of the open net")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=known,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for known, address in found
        ]

    async def close(self) -> None:
        """Nothing is held."""
