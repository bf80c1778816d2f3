"""What a phone is sent: one JSON that both Safari's declarative push and a service worker show by themselves, whole without network, cut to
what every push service carries, padded so that its length tells nothing, and encrypted for that phone alone (RFC 8291)."""

import base64
import hashlib
from typing import Final, NamedTuple

import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from server.push.graphemes import cut, ends

BODY_MOST: Final = 3070
"""Bytes of an encrypted body: the least that a push service takes, Mozilla's relay to Android."""
OVERHEAD: Final = 16 + 4 + 1 + 65 + 1 + 16
"""Salt, record size, length of the key and the key, the mark of the end, the tag (RFC 8188, 2.1; RFC 8291, 4)."""
PLAIN_MOST: Final = BODY_MOST - OVERHEAD
BUCKETS: Final = (1024, 2048, PLAIN_MOST)
"""To these lengths it is padded: nearly all reminders are of the first."""
SHRUNK: Final = 900
"""The length after a 413, without padding."""
TITLE_MOST: Final = 120
"""Characters of a title; phones show about 40."""
DECLARATIVE: Final = 8030


class Said(NamedTuple):
    """A message in one language. `about`: an occurrence's id, or a notice's. `open`: the path that a tap opens; `origin` is what stands
    before it, where it is known."""

    about: str
    what: str
    revision: int
    title: str
    body: str
    lang: str
    open: str
    origin: str

    @property
    def tag(self) -> str:
        """By which the phone shows it once, however often it comes."""
        return f"{self.about}/{self.what}/{self.revision}"


def topic(tag: str) -> str:
    """By which a push service holds one of those that did not reach the phone yet (RFC 8030, 5.4). Its length is never 1 mod 4."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()).decode()[:22]


def plain(said: Said, *, shrunk: bool = False) -> bytes:
    """The JSON, padded with spaces at its end. Too long a text ends on a whole sign with "…"; all of it is in the phone's own data."""
    said = said._replace(title=cut(said.title, TITLE_MOST))
    most = SHRUNK if shrunk else PLAIN_MOST
    whole = _json(said, said.body)
    if len(whole) > most:
        whole = _json(said, _fitting(said, most))
    if shrunk:
        return whole
    return whole.ljust(next(bucket for bucket in BUCKETS if bucket >= len(whole)))


def encrypted(data: bytes, p256dh: bytes, auth: bytes) -> bytes:
    """For the phone that has these two keys (a point of P-256, 16 bytes), under a key of this one message."""
    made: bytes = http_ece.encrypt(
        data, private_key=ec.generate_private_key(ec.SECP256R1()), dh=p256dh, auth_secret=auth, version="aes128gcm"
    )
    return made


def _fitting(said: Said, most: int) -> str:
    """The longest beginning of the body that fits, found by halving: bytes of JSON are not characters."""
    places = [0, *ends(said.body)]
    low, high = 0, len(places) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if len(_json(said, said.body[: places[middle]] + "…")) <= most:
            low = middle
        else:
            high = middle - 1
    return cut(said.body, places[low] + 1)


def _json(said: Said, body: str) -> bytes:
    event, _, day = said.about.rpartition(".")
    return msgspec.json.encode(
        {
            "web_push": DECLARATIVE,
            "notification": {
                "title": said.title,
                "body": body,
                "navigate": said.origin + said.open,
                "lang": said.lang,
                "tag": said.tag,
                "data": {
                    "open": said.open,
                    "tag": said.tag,
                    "what": said.what,
                    "event_id": event or None,
                    "day": f"{day[:4]}-{day[4:6]}-{day[6:]}" if event else None,
                },
            },
        }
    )
