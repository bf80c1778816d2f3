"""Pictures that tests draw."""

import hashlib
import io

from PIL import Image


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (400, 300), colour: str = "green", *, turned: int | None = None
) -> bytes:
    """A picture of one colour. `turned`: EXIF's orientation, with words beside it that nobody else may read."""
    image, out = Image.new("RGB", size, colour), io.BytesIO()
    exif = Image.Exif()
    if turned is not None:
        exif[0x0112], exif[0x010E] = turned, "Hjemme hos Kirsten"
    image.save(out, kind, exif=exif)
    return out.getvalue()


def name_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
