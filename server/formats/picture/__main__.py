"""The reader of pictures, a fenced process of its own: `python -m server.formats.picture FILE 320 1280`. Nobody imports this file.

Writes FILE's folder/<longest side>.webp, without anything but pixels, and on standard output what the last one measures (made.Made)."""

import sys
import warnings
from pathlib import Path
from typing import Final

import msgspec
from PIL import Image, UnidentifiedImageError

from server.formats import fenced
from server.formats.picture.made import DO, PIXELS_MOST, Made
from server.formats.refusal import FileRefused

CPU_SECONDS: Final = 30
SIDE_MOST: Final = 20_000
QUALITY: Final = 80
ORIENTATION: Final = 0x0112
KINDS: Final = ("JPEG", "PNG", "WEBP")
BROKEN: Final = "Billedet er beskadiget eller ikke sendt helt. Tag det igen, eller vælg et andet."
OTHER: Final = "Det er ikke et billede, der kan vises. Vælg et billede af formen JPEG, PNG eller WebP."


def main(arguments: list[str]) -> int:
    file, *sizes = arguments
    return fenced.inside(lambda: _make(Path(file), [int(size) for size in sizes]), cpu_seconds=CPU_SECONDS, do=DO)


def _make(file: Path, sizes: list[int]) -> None:
    Image.MAX_IMAGE_PIXELS = None  # counted below, before anything is decoded
    warnings.simplefilter("ignore")
    try:
        image = _right_way_up(file, max(sizes))
    except (FileRefused, MemoryError):
        raise
    except (
        Exception
    ) as error:  # what Pillow raises of a broken file is of many kinds, struct.error and SyntaxError among them
        raise FileRefused(BROKEN) from error
    for size in sorted(sizes, reverse=True):
        smaller = image.copy()
        smaller.thumbnail((size, size), Image.Resampling.LANCZOS)
        smaller.save(file.with_name(f"{size}.webp"), "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"")
    image.thumbnail((max(sizes), max(sizes)))
    sys.stdout.buffer.write(msgspec.json.encode(Made(image.width, image.height)))


def _right_way_up(file: Path, most: int) -> Image.Image:
    """The picture as it was held, at most about twice `most` on its longer side, in RGB."""
    try:
        image: Image.Image = Image.open(file, formats=KINDS)
    except UnidentifiedImageError:
        raise FileRefused(OTHER) from None
    width, height = image.size
    if width * height > PIXELS_MOST or max(width, height) > SIDE_MOST:
        fenced.say({"pixels": width * height})
        whole = f"{PIXELS_MOST // 1_000_000} millioner i alt"
        limit = whole if width * height > PIXELS_MOST else f"{SIDE_MOST} på hver led"
        raise FileRefused(f"Billedet har {width} gange {height} punkter. Højst {limit}. {DO}")
    turned = _orientation(image)
    image.draft("RGB", (most, most))  # a JPEG can be decoded smaller than it is
    image.load()
    if image.mode not in ("RGB", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((2 * most, 2 * most), Image.Resampling.BOX)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    image = image.convert("RGB")
    if turned is not None:
        image = image.transpose(turned)
    return image


TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""EXIF's orientation → what turns the picture the right way up."""


def _orientation(image: Image.Image) -> Image.Transpose | None:
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:  # what it says beside the pixels is broken: the pixels may be whole
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
