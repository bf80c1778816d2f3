"""The plain pages: readable without script, honest, and at their address for ever."""

import json
import re
from collections.abc import Callable

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server import local
from server.settings import Settings
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]


def slug_of(client: Client, id: str) -> str:
    changes = client.get("/api/v1/sync/public").json()["changes"]
    return str(next(change["body"]["slug"] for change in changes if change["id"] == id))


def test_a_place_reads_without_script_and_starts_the_app(client: Client, active_bench: Callable[..., str]) -> None:
    id = active_bench("Bænken ved åen")
    answer = client.get(f"/steder/{slug_of(client, id)}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    for words in ("<title>Bænken ved åen</title>", "Om where.", "Om activities.", "ved ikke", "<div id=app>"):
        assert words in answer.text


def test_what_people_wrote_is_text_and_never_markup(client: Client, active_bench: Callable[..., str]) -> None:
    id = active_bench("</script><b>x", purpose={"da": "</script><script>alert(1)</script>"})
    text = client.get(f"/steder/{slug_of(client, id)}").text
    assert "<script>alert" not in text
    assert "<b>x" not in text
    about = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert about
    assert json.loads(about[1])["description"] == "</script><script>alert(1)</script>"


def test_an_old_slug_redirects_to_the_new_one(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    id = active_bench("Bænken")
    before = slug_of(client, id)
    local.send(settings, lines(op("save_place", "place", id, {"set": {"slug": "et-nyt-navn"}})))
    answer = client.get(f"/steder/{before}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/steder/et-nyt-navn")


def test_a_dissolved_place_answers_410_with_its_words_and_its_successor(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    id, other = active_bench("Det gamle hus"), active_bench("Det nye hus")
    args = {"to": "dissolved", "why": {"da": "Taget faldt ned."}, "successor_id": other}
    local.send(settings, lines(op("move_state", "place", id, args)))
    answer = client.get(f"/steder/{slug_of(client, id)}")
    assert answer.status_code == 410
    for words in (
        "findes ikke mere",
        "Taget faldt ned.",
        "Prøv Det nye hus",
        f'href="/steder/{slug_of(client, other)}"',
    ):
        assert words in answer.text


def test_a_place_that_was_never_public_is_not_there(client: Client, settings: Settings) -> None:
    id = "01a2153b-0000-7000-8000-000000000001"
    made = op("save_place", "place", id, {"set": {"form": "spot", "name": {"da": "Kun en idé"}, "slug": "kun-en-ide"}})
    assert b'"applied"' in local.send(settings, lines(made))[0]
    answer = client.get("/steder/kun-en-ide")
    assert answer.status_code == 404
    assert "Kun en idé" not in answer.text


def test_the_first_page_lists_active_places_and_the_numbers_to_ring(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    active_bench("Bænken")
    help_ = [{"what": "emergency", "name": {"da": "Alarm"}, "phone": "112", "hours": None}]
    assert (
        b'"applied"'
        in local.send(settings, lines(op("save_settings", "settings", "site", {"set": {"help": help_}})))[0]
    )
    text = client.get("/").text
    assert 'aria-label="Mødesteder"' in text
    assert 'href="tel:112"' in text
    assert "Bænken" in text


def test_hours_that_nobody_knows_are_told_as_such_and_a_bench_has_none(
    client: Client, active_bench: Callable[..., str]
) -> None:
    unknown: dict[str, object] = {
        "weekly": None,
        "holidays": None,
        "except": [],
        "note": None,
        "source": "Opslag",
        "seen_on": "2026-01-02",
    }
    house, bench = active_bench("Huset", form="building", hours=unknown), active_bench("Bænken")
    unsaid = "Ingen har sagt, hvornår her er åbent."
    assert unsaid in client.get(f"/steder/{slug_of(client, house)}").text
    assert unsaid not in client.get(f"/steder/{slug_of(client, bench)}").text


def test_an_address_that_is_nobodys_says_so_in_danish(client: Client) -> None:
    answer = client.get("/steder/findes-ikke")
    assert answer.status_code == 404
    assert "Siden findes ikke" in answer.text


def test_an_unknown_address_has_words_for_a_person_and_a_problem_for_a_program(client: Client) -> None:
    person = client.get("/nowhere/at-all", headers={"accept": "text/html,*/*;q=0.8"})
    assert (person.status_code, "Siden findes ikke" in person.text) == (404, True)
    program = client.get("/nowhere/at-all", headers={"accept": "application/json"})
    assert (program.status_code, program.json()["code"]) == (404, "not_found")
    assert client.get("/api/v1/nothing", headers={"accept": "text/html"}).json()["code"] == "not_found"


def test_the_first_page_is_new_as_soon_as_a_place_or_a_setting_is(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    active_bench("Den første bænk")
    before = client.get("/").text
    assert client.get("/").text == before
    active_bench("Den anden bænk")
    assert "Den anden bænk" in client.get("/").text
    help_ = [{"what": "line", "name": {"da": "Linjen"}, "phone": "54 73 10 00", "hours": None}]
    local.send(settings, lines(op("save_settings", "settings", "site", {"set": {"help": help_}})))
    assert "54 73 10 00" in client.get("/").text


def test_a_place_that_rests_stands_last_in_the_list_and_says_so(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    id = active_bench("Aftenbænken")
    active_bench("Bænken")
    args = {"to": "resting", "why": None, "successor_id": None}
    assert b'"applied"' in local.send(settings, lines(op("move_state", "place", id, args)))[0]
    text = client.get("/").text
    assert text.index("Bænken") < text.index("Aftenbænken")
    assert "holder pause" in text


def test_the_page_of_files_says_what_each_is_for_in_the_language_that_is_asked_for(client: Client) -> None:
    danish = client.get("/feeds")
    assert 'lang="da"' in danish.text
    assert danish.headers["vary"] == "accept-language"
    for word in ("Regneark (CSV)", "Kort (GeoJSON)", "GPS (GPX)"):
        assert danish.text.count(f">{word}</a>") == 3
    assert ">places.csv<" not in danish.text
    english = client.get("/feeds", headers={"accept-language": "en-GB,en;q=0.9"})
    assert 'lang="en"' in english.text
    assert "Spreadsheet (CSV)" in english.text
    assert "Regneark" not in english.text
    german = client.get("/feeds?sprog=de", headers={"accept-language": "en-GB"})
    assert "<title>Dateien für andere Karten</title>" in german.text
    assert "vary" not in {name for name in client.get("/gemt").headers if name == "vary"}


@pytest.mark.parametrize("path", ["/", "/feeds"])
def test_a_page_has_one_description(client: Client, path: str) -> None:
    assert client.get(path).text.count('<meta name="description"') == 1


def test_who_has_no_script_finds_the_files_from_the_list(client: Client) -> None:
    assert 'href="/feeds"' in client.get("/").text
