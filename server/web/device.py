"""The credential of a phone without a name: `Authorization: Device <43 characters>`, 32 random bytes that it made itself."""

import hashlib
import re
from typing import Final

from server.web.errors import Asked

SECRET: Final = re.compile(r"[Dd]evice ([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])")
"""base64url of 32 bytes: the last of the 43 characters holds four bits."""


def sha256_of(request: Asked) -> bytes | None:
    """What is kept of the secret of a request; None where it has no header, or one that is none of ours."""
    found = SECRET.fullmatch(request.headers.get("authorization", "").strip())
    return None if found is None else hashlib.sha256(found[1].encode()).digest()
