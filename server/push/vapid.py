"""Who we are to the push services (VAPID, RFC 8292): keys in DATA_DIR/keys that live beside each other, and what is signed with them.

A subscription is bound to the key that it was made with, and is refused under any other. So a rotation makes a new key, which phones
subscribe with from then on, and the ones before stay until no phone is reached by them."""

import base64
import os
import secrets
import stat
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from joserfc import jwt
from joserfc.jwk import ECKey

from server.store.refusal import StoreRefused, shut

FOLDER: Final = "keys"
TOKEN_S: Final = 12 * 3600
"""How long what is signed holds. A push service takes at most 24 hours (RFC 8292, 2)."""
RENEWED_S: Final = 3600
"""So long before its end a new one is signed: the clocks of others may be wrong."""
KEPT: Final = 1000
"""So many are kept: a push service may have a name for each phone."""
OUT_OF_USE_DAYS: Final = 30
"""A key that was rotated away stays at least so long: a phone that was told of it may be about to subscribe with it."""


@dataclass(frozen=True, slots=True)
class Vapid:
    """One key. `number`: counted up at each rotation. `public`: as a phone subscribes with it, the point in base64url without padding.
    `made`: seconds since 1970."""

    number: int
    public: str
    pem: bytes
    made: float

    def __repr__(self) -> str:  # never the key itself, whatever prints it
        return f"Vapid({self.number}, {self.public[:8]}…)"


def keys(data_dir: Path) -> tuple[Vapid, ...]:
    """All keys that are here, the present one last; the first is made where there is none. Raises StoreRefused."""
    try:
        return found(data_dir) or (_make(data_dir / FOLDER, 1),)
    except OSError as error:
        raise shut(data_dir, error) from error


def found(data_dir: Path) -> tuple[Vapid, ...]:
    """The same, and none is made. Raises StoreRefused."""
    folder = data_dir / FOLDER
    try:
        return _of(folder, folder.stat().st_mtime_ns) if folder.is_dir() else ()
    except OSError as error:
        raise shut(data_dir, error) from error


def public_key(data_dir: Path) -> str:
    """What phones subscribe with now. Cheap: the folder is read again only where it has changed."""
    return keys(data_dir)[-1].public


def by_public(data_dir: Path) -> dict[str, Vapid]:
    """All keys that are here, by what a phone subscribes with."""
    return _by_public(keys(data_dir))


def is_ours(data_dir: Path, public: str) -> bool:
    """Whether a subscription made with this key can be reached from here."""
    return public in by_public(data_dir)


def rotate(data_dir: Path) -> Vapid:
    """Makes a new key, beside a server that may be running. Raises StoreRefused."""
    present = keys(data_dir)[-1]
    try:
        return _make(data_dir / FOLDER, present.number + 1)
    except OSError as error:
        raise shut(data_dir, error) from error


def retire(data_dir: Path, used: Collection[str], now: float) -> list[Vapid]:
    """Deletes keys before the present one that no subscription of `used` (public keys) was made with, and that were rotated away
    OUT_OF_USE_DAYS ago or earlier. Returns them."""
    every = keys(data_dir)
    gone = []
    for key, after in pairwise(every):
        if key.public not in used and after.made + OUT_OF_USE_DAYS * 86400 <= now:
            (data_dir / FOLDER / _name(key.number)).unlink(missing_ok=True)
            gone.append(key)
    return gone


class Tokens:
    """The header `Authorization` for each push service and key: signed once, used until an hour before it ends. `contact`: mailto: or
    https:, whom a push service writes to when we misbehave."""

    def __init__(self, contact: str, clock: Callable[[], float] = time.time) -> None:
        self._contact, self._clock = contact, clock
        self._kept: dict[tuple[str, str], tuple[float, str]] = {}

    def authorization(self, origin: str, key: Vapid) -> str:
        """For one origin (https://host) and one key. Each has claims of its own: `aud` of one sent to another is refused there."""
        now = self._clock()
        kept = self._kept.get((origin, key.public))
        # A clock that was set back would leave a token that ends too far ahead: then it is signed anew as well.
        if kept is None or not RENEWED_S < kept[0] - now <= TOKEN_S:
            ends = int(now) + TOKEN_S
            token = jwt.encode(
                {"alg": "ES256", "typ": "JWT"},
                {"aud": origin, "exp": ends, "sub": self._contact},
                ECKey.import_key(key.pem),
            )
            if len(self._kept) >= KEPT:
                self._kept.clear()
            kept = (ends, f"vapid t={token}, k={key.public}")
            self._kept[origin, key.public] = kept
        return kept[1]

    def forget(self, origin: str, key: Vapid) -> None:
        """It was not believed: the next is signed anew, perhaps under a clock or a contact that was put right."""
        self._kept.pop((origin, key.public), None)


def _name(number: int) -> str:
    return f"vapid-{number:04}.pem"


@lru_cache(maxsize=8)
def _of(folder: Path, changed: int) -> tuple[Vapid, ...]:
    """`changed`: the folder's time, by which it is read again. A key is written under another name and linked, so none is half."""
    return tuple(_read(file) for file in sorted(folder.glob("vapid-*.pem")))


@lru_cache(maxsize=8)
def _by_public(every: tuple[Vapid, ...]) -> dict[str, Vapid]:
    return {key.public: key for key in every}


def _read(file: Path) -> Vapid:
    found = file.stat()
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise StoreRefused(f"{file} can be read by others: chmod 600 {file}")
    pem = file.read_bytes()
    try:
        key = load_pem_private_key(pem, None)
        number = int(file.stem.removeprefix("vapid-"))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise StoreRefused(f"{file} is no P-256 key. Put it back from a backup, or move it away.")
    return Vapid(number, _public(key), pem, found.st_mtime)


def _make(folder: Path, number: int) -> Vapid:
    """A new key's file, whole or not at all; where another has made one of that number meanwhile, that one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    half, file = folder / f".{secrets.token_hex(8)}", folder / _name(number)
    try:
        written = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(written, "wb") as to:
            to.write(pem)
            to.flush()
            os.fsync(to.fileno())
        with suppress(FileExistsError):
            os.link(half, file)
    finally:
        half.unlink(missing_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
    return _read(file)


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
