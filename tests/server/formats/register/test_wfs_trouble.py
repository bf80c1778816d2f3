"""A service in all sorts of trouble, by chance: what comes of it is the whole register, or a refusal."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.formats.refusal import FileRefused
from server.formats.register import wfs
from server.formats.register.wfs_page import page
from tests.server.formats.register.standing import Answer, Fetching, Register, bench, exception, standing_in

SPOILS: dict[str, Callable[[bytes], Answer | bytes]] = {
    "busy": lambda body: (503, {}, b""),
    "cut": lambda body: b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body) + 1, body),
    "half": lambda body: (200, {}, body[: len(body) // 2]),
    "empty": lambda body: (200, {}, b""),
    "no": lambda body: (200, {}, exception("no")),
    "fewer": lambda body: (
        200,
        {},
        body.replace(b'{"type": "Feature", ', b'{"type": "Other", "properties": {}}, {', 1),
    ),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_it_does_all_of_the_register_comes_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr(wfs, "PAGE_ROWS", 10)
    with standing_in() as register, tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        tried(register, Fetching(register, Path(folder)), data)


def tried(register: Register, fetching: Fetching, data: st.DataObject) -> None:
    """Two tries with a service that is in trouble, and one when it is well."""
    rows = data.draw(st.integers(0, 35))
    register.rows["5800"] = [bench(number) for number in range(rows)]
    register.most = data.draw(st.integers(1, 15))
    register.told = data.draw(st.booleans())
    register.format = data.draw(st.sampled_from(["json", "gml"]))
    plan = iter(data.draw(st.lists(st.sampled_from(["well"] * 8 + list(SPOILS)), max_size=60)))

    def trouble(asked: dict[str, str], _: int) -> Answer | bytes | None:
        what = next(plan, "well")
        return None if what == "well" else SPOILS[what](register.answer(asked)[2])

    for last in (False, False, True):
        register.trouble = (lambda asked, _: None) if last else trouble
        with suppress(FileRefused):
            (points, *_) = fetching()
            assert points.rows == rows
            found = (
                page(points.file.read_bytes(), "gml" if register.format == "gml" else "geojson").keys
                if points.file
                else []
            )
            assert sorted(found) == [bench(number)["objekt_id"] for number in range(rows)]
            return
    raise AssertionError("a service that is well again was refused")
