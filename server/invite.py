"""`python -m server invite ROLE NAME`: lets somebody in. The link is printed once; only its hash is kept."""

import hashlib
import json
import secrets

import uuid_utils

from server import local
from server.settings import Settings


class NotInvited(Exception):
    """Why nobody was."""


def invite(settings: Settings, role: str, name: str) -> tuple[str, str]:
    """(the link, the UTC moment until which it holds). Raises NotInvited, local.Refused."""
    code = secrets.token_urlsafe(32)
    args = {"name": name, "role": role, "code_sha256": hashlib.sha256(code.encode()).hexdigest()}
    (raw,) = local.send(settings, local.op("invite", "person", str(uuid_utils.uuid7()), args))
    reply = json.loads(raw)
    if reply["status"] != "applied":
        raise NotInvited(reply.get("detail") or reply["code"])
    return f"{settings.origin or f'http://localhost:{settings.port}'}/invite#{code}", reply["result"]["ends_at"]
