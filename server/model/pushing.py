"""What a push service is told of us, and which other services are spoken to: the rules for two settings."""

import re
from typing import Final

LOOPBACK_HOST: Final = re.compile(r"(127\.0\.0\.1|\[::1\]):([1-9][0-9]{0,4})")
"""A host of tests and of a push service on the machine itself, with its port: the one kind that is spoken to without TLS."""
HOST: Final = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
"""The name of a host; `*.` before it: any name below it, not itself."""
_CONTACT: Final = re.compile(
    r"mailto:[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]+@([A-Za-z0-9.-]+)|https://([A-Za-z0-9.-]+)(:[0-9]+)?(/[!-~]*)?"
)
_NOBODYS: Final = ("localhost", "local", "invalid", "internal", "test", "localdomain", "lan", "home", "arpa")


def contact_wrong(contact: str) -> str | None:
    """Why no push service could write to this contact, in English for whoever runs the server; None where it could. Apple's refuses
    every push that is signed with one that is impossible, and no other does, so that nobody notices."""
    found = _CONTACT.fullmatch(contact)
    if found is None or len(contact) > 200:
        return "it must be mailto: and an address, or https: and a page"
    host = (found[1] or found[2]).lower()
    if not HOST.fullmatch(host) or host.rsplit(".", 1)[-1] in _NOBODYS:
        return f"nobody outside can reach {host}"
    return None


def host_wrong(host: str) -> str | None:
    """Why a push service can not be named so; None where it can. One on this machine has its port."""
    if found := LOOPBACK_HOST.fullmatch(host):
        return None if int(found[2]) <= 65535 else "there is no such port"
    if HOST.fullmatch(host):
        return None
    return "it must be a host's name in small letters, *. before it for all below, or 127.0.0.1 with a port"
