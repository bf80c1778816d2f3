"""The fenced reader of pictures: pixels alone come out of it, whatever is sent in."""

import io
import struct
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from server.formats.picture import made
from server.formats.refusal import FileRefused
from tests.server.drawn import picture

SIZES = (320, 1280)


def make(body: bytes, folder: Path) -> made.Made:
    file = folder / "sent"
    file.write_bytes(body)
    return made.make(file, SIZES)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_two_sizes_of_pixels_alone(tmp_path: Path, kind: str) -> None:
    assert make(picture(kind, (1600, 800)), tmp_path) == made.Made(1280, 640)
    for wide, size in ((320, (320, 160)), (1280, (1280, 640))):
        with Image.open(tmp_path / f"{wide}.webp") as image:
            assert (image.size, image.format, dict(image.getexif())) == (size, "WEBP", {})


def test_a_picture_that_was_held_on_its_side_stands_up_and_what_it_said_beside_is_gone(tmp_path: Path) -> None:
    assert make(picture(turned=6), tmp_path) == made.Made(300, 400)
    assert b"Kirsten" not in (tmp_path / "1280.webp").read_bytes()


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    assert make(picture(size=(40, 30)), tmp_path) == made.Made(40, 30)


def test_what_can_be_seen_through_stands_on_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    make(out.getvalue(), tmp_path)
    with Image.open(tmp_path / "320.webp") as image:
        assert image.convert("RGB").getpixel((9, 9)) == (255, 255, 255)


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG that says what it likes about itself."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_picture_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="beskadiget"):
        make(png(900, 900, bytes(3000)), tmp_path)


@pytest.mark.parametrize(
    ("width", "height", "most"),
    [
        (30_000, 30_000, "40 millioner i alt"),
        (2**31 - 1, 2**31 - 1, "40 millioner i alt"),
        (30_000, 2, "20000 på hver led"),
    ],
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    tmp_path: Path, width: int, height: int, most: str
) -> None:
    with pytest.raises(made.TooManyPixels, match=f"Højst {most}"):
        make(png(width, height, bytes(90_000_000)), tmp_path)


@pytest.mark.parametrize(
    "body", [b"", b"<svg onload='alert(1)'/>", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"]
)
def test_what_is_no_picture_is_refused_in_words(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(FileRefused, match="illede"):
        make(body, tmp_path)


def test_a_picture_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = picture(size=(900, 700))
    with pytest.raises(FileRefused, match="ikke sendt helt"):
        make(whole[: len(whole) // 2], tmp_path)


@settings(max_examples=12)
@given(st.data(), st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_however_a_picture_is_spoilt_it_becomes_two_sizes_or_is_refused(data: st.DataObject, kind: str) -> None:
    body = bytearray(picture(kind, (60, 40)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = make(bytes(body), Path(folder))
        except FileRefused:
            return
        with Image.open(Path(folder) / "1280.webp") as image:
            assert image.size == (found.w, found.h)
