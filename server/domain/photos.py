"""The photos of a place: each is a picture that was sent, and measures what the server found it to."""

from collections.abc import Sequence

import msgspec

from server.domain.refusal import TryLater
from server.model.values import Photo
from server.store import blobs
from sync.sql import Tx


def measured(tx: Tx, photos: Sequence[Photo], had: Sequence[Photo] = ()) -> tuple[Photo, ...]:
    """The photos with the server's own `w` and `h`; from here on they are named and stay. `had`: those of the thing before, which are
    here however they came. Raises TryLater `blob_missing` where one is not here yet: a phone sends it again, and then the op."""
    here = {photo.sha256: blobs.Picture(photo.w, photo.h) for photo in had}
    here |= blobs.pictures(tx, [photo.sha256 for photo in photos])
    if any(photo.sha256 not in here for photo in photos):
        raise TryLater("blob_missing")
    blobs.keep(tx, here)
    return tuple(msgspec.structs.replace(photo, w=here[photo.sha256].w, h=here[photo.sha256].h) for photo in photos)
