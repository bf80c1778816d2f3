"""The address and port that the server listens on: an IP address, and free."""

import ipaddress
import socket


class NotFree(Exception):
    """Why it can not listen there, and what to set."""


def see_free(address: str, port: int) -> None:
    """Granian shares a port with whoever has it already: phones would then meet two servers in turn. Here that is refused (NotFree)."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        raise NotFree(
            f"address = {address!r} is no IP address. Set MOEDE_ADDRESS to 127.0.0.1, or 0.0.0.0 in a container."
        ) from None
    with socket.socket(socket.AF_INET6 if version == 6 else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen()
        except OSError as error:
            raise NotFree(
                f"Port {port} on {address} can not be had ({error.strerror}). Stop what has it, or set PORT."
            ) from error
