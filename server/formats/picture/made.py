"""Has a stranger's picture decoded and encoded anew by a fenced process: what is kept holds pixels alone."""

from pathlib import Path
from typing import Any, Final

import msgspec

from server.formats import fenced
from server.formats.refusal import FileRefused

PIXELS_MOST: Final = 40_000_000
CLOCK_S: Final = 60.0
DO: Final = "Gør billedet mindre, og prøv igen."
SIGNS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
"""What JPEG, PNG and WebP begin with; a RIFF is a WebP where its bytes 8 to 11 say so."""
SIGN_BYTES: Final = 512


class TooManyPixels(FileRefused):
    """It has over PIXELS_MOST."""


class Made(msgspec.Struct, frozen=True):
    """The larger size, in pixels, turned as it was held."""

    w: int
    h: int


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is one of the three kinds of picture that are read."""
    return head.startswith(SIGNS[:2]) or (head.startswith(SIGNS[2]) and head[8:12] == b"WEBP")


def make(file: Path, sizes: tuple[int, int]) -> Made:
    """Writes `<longest side>.webp` beside `file` for each of `sizes`, which ascend, and returns what the larger one measures. Raises
    FileRefused (NoRoom where the disk is full, TooManyPixels), with words for the one who sent it."""
    heard: dict[str, Any] = {}
    written = file.with_name("made")
    try:
        arguments = [str(file), *map(str, sizes)]
        fenced.run("server.formats.picture", arguments, written=written, do=DO, clock_s=CLOCK_S, heard=heard.update)
    except fenced.NoRoom:
        raise
    except FileRefused as refused:
        if heard.get("pixels"):
            raise TooManyPixels(str(refused)) from None
        raise
    return msgspec.json.decode(written.read_bytes(), type=Made)
