"""Pictures and files at their door: what goes before the op that names it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.settings import Settings
from server.store import blobs
from server.store.database import file_of
from server.tending import tend
from server.web.blobs import FILE_BYTES, PICTURE_BYTES, PICTURES_AN_HOUR, WAITING_EACH, Blobs
from server.web.errors import Refused
from server.web.limits import Limits
from tests.server.drawn import name_of, picture
from tests.server.login.authenticator import Authenticator
from tests.server.login.browsers import HOME, code_for, come
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]
TYPE = {"content-type": "application/x-ndjson"}


def put(client: Client, body: bytes, name: str | None = None, **headers: str) -> Any:
    return client.put(f"/api/v1/blobs/{name or name_of(body)}", content=body, headers=headers)


def report(client: Client, place: str, *photos: str) -> Any:
    args = {"what": "broken", "text": "Brædtet er knækket", "photos": list(photos)}
    answer = client.post("/api/v1/ops", content=lines(op("report_fault", "place", place, args)), headers=TYPE)
    return answer.json()["results"][0]


@pytest.fixture
def staff(settings: Settings, app_dir: Path) -> Iterator[Client]:
    with TestClient(create_app(settings, app_dir), base_url=HOME) as client:
        come(client, code_for(settings, "editor"), Authenticator(HOME))
        client.headers["origin"] = HOME
        yield client


def phone_of(staff: Client) -> Client:
    """Somebody else at the same server, without a login."""
    phone = TestClient(staff.app, base_url=HOME)
    phone.blocking_portal = staff.blocking_portal
    return phone


def act(client: Client, verb: str, kind: str, id: str, args: Any) -> Any:
    answer = client.post("/api/v1/ops", content=lines(op(verb, kind, id, args)), headers=TYPE)
    return answer.json()["results"][0]


def fault_of(settings: Settings) -> str:
    with sqlite3.connect(file_of(settings.data_dir)) as connection:
        ((id,),) = connection.execute("SELECT uid FROM fault ORDER BY id DESC LIMIT 1").fetchall()
    return str(id)


def files(settings: Settings, folder: str) -> set[str]:
    where = settings.data_dir / folder
    return {file.name for file in where.iterdir()} if where.is_dir() else set()


def test_a_photo_goes_first_and_then_the_report_that_names_it(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    bench, body = active_bench(), picture(turned=6)
    assert report(client, bench, name_of(body))["code"] == "blob_missing"
    assert put(client, body).status_code == 204
    assert report(client, bench, name_of(body))["status"] == "applied"
    assert files(settings, "blobs") == {f"{name_of(body)}-320.webp", f"{name_of(body)}-1280.webp"}
    assert files(settings, "media") == set(), "nobody has accepted it"
    for file in (settings.data_dir / "blobs").iterdir():
        assert file.stat().st_mtime % 86_400 == 0, "no file tells at what time of the day a report was made"
    assert (settings.data_dir / "blobs").stat().st_mode & 0o077 == 0
    assert client.get(f"/media/{name_of(body)}-320.webp").status_code == 404


def test_the_answer_does_not_tell_whether_a_picture_was_known(client: Client) -> None:
    first, again = (put(client, picture()) for _ in range(2))
    assert (first.status_code, first.content) == (again.status_code, again.content) == (204, b"")


@pytest.mark.parametrize(
    ("body", "name", "status", "code"),
    [
        (picture(), "0" * 64, 422, "invalid"),
        (picture(), "A" * 64, 422, "invalid"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", None, 415, "unsupported_type"),
        (b"PK\x03\x04", None, 415, "unsupported_type"),
        (b"", None, 415, "unsupported_type"),
        (picture()[:200], None, 422, "invalid"),
        (picture("PNG", (7000, 6000)), None, 413, "too_large"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_of_it_is_kept(
    client: Client, settings: Settings, body: bytes, name: str | None, status: int, code: str
) -> None:
    answer = put(client, body, name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]
    assert files(settings, "blobs") == set()


@pytest.mark.parametrize("told", [True, False])
def test_a_photo_of_70_mb_is_refused_with_the_limit_and_not_kept(
    client: Client, settings: Settings, told: bool
) -> None:
    piece = b"\xff\xd8\xff" + bytes(1_048_573)
    pieces = (piece for _ in range(70))
    body: Any = piece * 70 if told else pieces
    answer = client.put(f"/api/v1/blobs/{'0' * 64}", content=body)
    assert (answer.status_code, answer.json()["code"], answer.json()["limit"]) == (413, "too_large", PICTURE_BYTES)
    assert "12 MB" in answer.json()["detail"]
    assert files(settings, "blobs") == set()


def test_what_is_larger_than_anybody_listens_to_is_cut_off(client: Client, settings: Settings) -> None:
    answer = client.put(f"/api/v1/blobs/{'0' * 64}", content=b"", headers={"content-length": "200000000"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert files(settings, "blobs") == set()


def test_an_address_has_a_share_of_pictures_in_an_hour(client: Client) -> None:
    for _ in range(PICTURES_AN_HOUR):
        assert put(client, b"", "0" * 64).status_code == 422
    answer = put(client, picture())
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer.headers["retry-after"]) > 3000


def test_an_address_that_is_slow_on_purpose_keeps_out_nobody_else() -> None:
    shared = Blobs(Limits(None))
    with ExitStack() as slow:
        for _ in range(WAITING_EACH):
            slow.enter_context(shared.beginning("one"))
        with pytest.raises(Refused, match="travlt"), shared.beginning("one"):
            pass
        with shared.beginning("another"):
            assert shared.under_way.total() == WAITING_EACH + 1
    assert not shared.under_way, "no address is remembered that has nothing under way"


def test_another_site_can_not_send_pictures(client: Client) -> None:
    assert put(client, picture(), origin="https://example.org").status_code == 403


def test_staff_send_files_for_import_too_and_they_lie_as_they_were_sent(staff: Client, settings: Settings) -> None:
    body = b"navn;type\nB\xe6nken;B\xe6nk\n" * 700_000
    assert len(body) > PICTURE_BYTES
    assert put(staff, body).status_code == 204
    assert blobs.path(settings.data_dir, name_of(body)).read_bytes() == body
    answer = put(staff, bytes(FILE_BYTES + 1))
    assert (answer.status_code, answer.json()["limit"]) == (413, FILE_BYTES)


@pytest.mark.parametrize(
    "headers", [{"content-type": "image/jpeg"}, {"content-type": "image/svg+xml"}, {"content-type": "text/plain"}]
)
def test_staff_too_can_not_send_a_drawing_with_code(staff: Client, headers: dict[str, str]) -> None:
    body = b"<?xml version='1.0'?><SVG onload='alert(1)'/>"
    assert put(staff, body, **headers).status_code == 415


def test_staff_read_what_nobody_has_accepted_and_nobody_keeps_it(staff: Client) -> None:
    body = picture()
    put(staff, body)
    for wide in (320, 1280):
        answer = staff.get(f"/api/v1/blobs/{name_of(body)}-{wide}.webp")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
        assert answer.headers["cache-control"] == "no-store"
    assert phone_of(staff).get(f"/api/v1/blobs/{name_of(body)}-320.webp").status_code == 401
    for name in (f"{'0' * 64}-320.webp", name_of(body), f"{name_of(body)}-640.webp", "..%2Fmoedesteder.db"):
        assert staff.get(f"/api/v1/blobs/{name}").status_code == 404


def test_a_citizens_photo_is_public_from_when_staff_accept_it_until_they_take_it_back(
    staff: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    bench, body = active_bench(), picture()
    name = name_of(body)
    phone = phone_of(staff)
    put(phone, body)
    report(phone, bench, name)
    fault = fault_of(settings)
    shown = {"state": "taken", "show": {"words": True, "photos": [name]}}
    assert act(staff, "answer_fault", "fault", fault, shown)["status"] == "applied"
    page = staff.get("/api/v1/sync/public").json()["changes"]
    (note,) = next(change["body"]["faults"] for change in page if change["id"] == bench)
    assert (note["words"], note["photos"]) == ("Brædtet er knækket", [{"sha256": name, "w": 400, "h": 300}])
    assert staff.get(f"/media/{name}-1280.webp").status_code == 200
    words = {"state": "taken", "answer": {"da": "Vi kommer på mandag."}}
    act(staff, "answer_fault", "fault", fault, words)
    plain = staff.get("/steder/baenken-ved-aaen").text
    assert "Kommunen er i gang. Kommunen svarer: Vi kommer på mandag." in plain, "who has no script reads it too"
    hidden = {"state": "taken", "show": {"words": False, "photos": []}}
    act(staff, "answer_fault", "fault", fault, hidden)
    assert staff.get(f"/media/{name}-1280.webp").status_code == 404
    assert staff.get(f"/api/v1/blobs/{name}-1280.webp").status_code == 200


def test_an_accepted_photo_is_public_no_longer_than_its_thing(
    staff: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    bench, name, table = active_bench(), name_of(picture()), "019d4000-0000-7000-8000-0000000000aa"
    made = {"set": {"type_text": "Bord", "point": [11.87, 54.77]}}
    assert act(staff, "save_facility", "facility", table, made)["status"] == "applied"
    put(phone_of(staff), picture())

    def shown_after(kind: str, id: str, verb: str, args: Any) -> bool:
        assert act(staff, verb, kind, id, args)["status"] == "applied"
        return bool(staff.get(f"/media/{name}-320.webp").status_code == 200)

    def accepted(kind: str, id: str) -> bool:
        said = {"what": "broken", "text": "", "photos": [name]}
        assert act(phone_of(staff), "report_fault", kind, id, said)["status"] == "applied"
        show = {"state": "taken", "show": {"words": False, "photos": [name]}}
        return shown_after("fault", fault_of(settings), "answer_fault", show)

    assert accepted("place", bench)
    assert not shown_after("place", bench, "move_state", {"to": "dissolved"})
    assert accepted("facility", table)
    assert not shown_after("facility", table, "withdraw", {"why": "Væk"})
    assert shown_after("facility", table, "restore", {})
    assert not shown_after("facility", table, "save_facility", {"set": {"public": False}})


def test_a_places_photo_measures_what_the_server_found_and_is_served_once_the_place_is_public(
    staff: Client, active_bench: Callable[..., str]
) -> None:
    bench, body = active_bench(), picture(size=(1600, 1200))
    photo = {"sha256": name_of(body), "w": 1, "h": 20_000, "alt": {"da": "En bænk"}, "credit": ""}
    args = {"set": {"photos": [photo]}}
    assert act(staff, "save_place", "place", bench, args)["code"] == "blob_missing"
    put(staff, body)
    assert act(staff, "save_place", "place", bench, args)["status"] == "applied"
    page = staff.get("/api/v1/sync/public").json()["changes"]
    (kept,) = next(change["body"]["photos"] for change in page if change["id"] == bench)
    assert (kept["w"], kept["h"]) == (1280, 960)
    assert staff.get(f"/media/{name_of(body)}-320.webp").status_code == 200


def hourly(client: Client, settings: Settings, hours: int) -> None:
    """What the server does by itself, so many hours from now."""
    portal = client.portal()
    with portal as inside:
        inside.call(tend, client.app.state.database, settings.data_dir, datetime.now(UTC) + timedelta(hours=hours))


def test_a_picture_that_nothing_names_leaves_after_24_hours(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    bench, named, orphan = active_bench(), picture(), picture(colour="red")
    put(client, named)
    put(client, orphan)
    report(client, bench, name_of(named))
    hourly(client, settings, 23)
    assert len(files(settings, "blobs")) == 4
    hourly(client, settings, 25)
    assert {name[:64] for name in files(settings, "blobs")} == {name_of(named)}
    assert report(client, bench, name_of(orphan))["code"] == "blob_missing"


def test_no_more_than_500_mb_are_kept_that_nothing_names(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "ORPHAN_BYTES", 1)
    assert put(client, picture()).status_code == 204
    answer = put(client, picture(colour="red"))
    assert (answer.status_code, answer.json()["code"]) == (507, "full")
    assert put(client, picture()).status_code == 507, "the one that is known is answered alike"
