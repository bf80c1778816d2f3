"""A listener on loopback that counts who comes, and answers nobody."""

import socket
from types import TracebackType
from typing import Self


class Stranger:
    """Connections are made by the system itself and wait in a queue, so that none is missed, however soon its maker ended."""

    def __enter__(self) -> Self:
        self._door = socket.create_server(("127.0.0.1", 0), backlog=16)
        self._door.setblocking(False)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}/crs.wkt"
        return self

    def __exit__(self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None) -> None:
        self._door.close()

    def connections(self) -> int:
        """How many have come since it was last asked."""
        count = 0
        while True:
            try:
                self._door.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    def crs(self, sort: str) -> dict[str, object]:
        """A `crs` that points here."""
        return {"type": sort, "properties": {"href" if sort == "link" else sort: self.url}}
