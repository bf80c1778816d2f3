"""The encoded polyline: precision 5, latitude first; the format that OSRM, Valhalla and Google write too."""

from collections.abc import Iterable

from server.model.values import Point

SCALE = 100_000


class NotALine(ValueError):
    """The text is no encoded polyline, or leaves the globe."""


def encode(points: Iterable[Point]) -> str:
    """[lon, lat] points as one text. Rounds each coordinate half away from zero, to 0.00001 degree (about 1 m)."""
    out: list[str] = []
    before_lat = before_lon = 0
    for lon, lat in points:
        at_lat, at_lon = _whole(lat), _whole(lon)
        out += _number(at_lat - before_lat)
        out += _number(at_lon - before_lon)
        before_lat, before_lon = at_lat, at_lon
    return "".join(out)


def decode(text: str) -> list[Point]:
    """The points of an encoded line, [lon, lat]; none of the empty text. Raises NotALine."""
    numbers: list[int] = []
    value = shift = 0
    for char in text:
        bits = ord(char) - 63
        if not 0 <= bits < 64 or shift > 30:
            raise NotALine("Linjen er ikke en kodet linje (polyline, 5 decimaler).")
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    if shift or len(numbers) % 2:
        raise NotALine("Linjen er skåret over.")
    points: list[Point] = []
    lat = lon = 0
    for d_lat, d_lon in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + d_lat, lon + d_lon
        if abs(lat) > 90 * SCALE or abs(lon) > 180 * SCALE:
            raise NotALine("Linjen går uden for kloden.")
        points.append((lon / SCALE, lat / SCALE))
    return points


def _whole(degrees: float) -> int:
    """Half away from zero, as the format's own description has it; Python's round is to even."""
    scaled = round(abs(degrees) * SCALE, 6)  # 6: binary noise of a half is no reason to go the other way
    return int(scaled + 0.5) * (1 if degrees >= 0 else -1)


def _number(value: int) -> list[str]:
    value = ~(value << 1) if value < 0 else value << 1
    chars = []
    while value >= 32:
        chars.append(chr((32 | value & 31) + 63))
        value >>= 5
    chars.append(chr(value + 63))
    return chars
