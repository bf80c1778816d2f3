"""What a request asks for, read by RFC 9110: lists that may stand in several header lines, and a body that comes to its end."""

import asyncio
from collections.abc import Iterable

from litestar.exceptions import InternalServerException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

from server.web.errors import WORDS, Asked, Refused

BODY_S = 30.0
"""How long a body may take: a phone's request ends within 30 s."""
NO = {"q=0", "q=0.0", "q=0.00", "q=0.000"}


def codings(accepts: Iterable[str]) -> frozenset[str]:
    """The content codings that Accept-Encoding names and takes (§12.5.3; q=0 is a no)."""
    taken: dict[str, bool] = {}
    for part in ",".join(accepts).lower().split(","):
        name, _, weight = part.partition(";")
        taken[name.strip()] = weight.replace(" ", "") not in NO
    return frozenset(name for name, is_taken in taken.items() if name and is_taken)


def still_has(tags: Iterable[str], etag: str) -> bool:
    """Whether If-None-Match names this ETag (§13.1.2: compared weakly, and `*` is any)."""
    named = {tag.strip().removeprefix("W/") for tag in ",".join(tags).split(",")}
    return "*" in named or etag.removeprefix("W/") in named


async def whole_body(request: Asked, limit: int, seconds: float = BODY_S) -> bytes:
    """The body to its end. Refused: 408 where it does not come, 400 where it breaks off, 413 where Litestar says that it is larger
    than `limit`, which is the route's `request_max_body_size`."""
    try:
        async with asyncio.timeout(seconds):
            return await request.body()
    except TimeoutError:
        code, _, words = WORDS[408]
        raise Refused(408, code, words) from None
    except RequestEntityTooLarge:
        code, _, words = WORDS[413]
        raise Refused(413, code, f"{words} Højst {limit} byte.", limit=limit) from None
    except InternalServerException:  # what Litestar says of a client that hung up, and of a chunk that is none
        raise Refused(400, "cut_off", "Det blev afbrudt, før det hele var sendt.") from None
