"""The municipality's colour on every page the server gives, as a stylesheet whose address says its colours."""

from collections.abc import Callable

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server import local
from server.settings import Settings
from server.web.guard import CSP
from tests.server.web.conftest import lines, op

Client = TestClient[Litestar]
BLUE = {"light": "#004b87", "dark": "#9fd0ff"}
LINK = '<link rel="stylesheet" href="/farver/004b87-9fd0ff.css">'


def save(settings: Settings, colours: dict[str, str] | None) -> bytes:
    return local.send(settings, lines(op("save_settings", "settings", "site", {"set": {"colours": colours}})))[0]


def test_every_page_names_the_stylesheet_once_and_only_where_there_is_one(
    client: Client, settings: Settings, active_bench: Callable[..., str]
) -> None:
    active_bench("Bænken")
    addresses = ("/", "/hjaelp", "/kort", "/feeds", "/steder/baenken", "/steder/findes-ikke")
    assert not any("/farver/" in client.get(path).text for path in addresses)
    assert b'"applied"' in save(settings, BLUE)
    for path in addresses:
        assert client.get(path).text.count(LINK) == 1, path
    assert b'"applied"' in save(settings, None)
    assert not any("/farver/" in client.get(path).text for path in addresses)


def test_the_stylesheet_has_both_themes_with_and_without_script_and_is_kept_for_ever(client: Client) -> None:
    answer = client.get("/farver/004b87-9fd0ff.css")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-security-policy"] == CSP
    for part in (
        ':root[data-theme="light"]{--act:#004b87;',
        ':root[data-theme="dark"]{--act:#9fd0ff;',
        "html:root:not([data-theme]){--act:#004b87;",
        "html:root:not([data-theme]){--act:#9fd0ff;",
    ):
        assert answer.text.count(part) == 1, part
    assert 'contrast"]' not in answer.text  # the strong themes are the look's own


def test_the_desk_wears_them_too(client: Client, settings: Settings) -> None:
    assert "/farver/" not in client.get("/desk").text
    assert b'"applied"' in save(settings, BLUE)
    assert client.get("/desk/steder").text.count(LINK) == 1


@pytest.mark.parametrize("name", ["004b87.css", "004B87-9fd0ff.css", "004b87-9fd0ff.css%0a", "x}body{-9fd0ff.css", "a"])
def test_an_address_that_is_no_two_colours_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/farver/{name}").status_code == 404


def test_a_colour_that_can_not_be_read_changes_nothing_and_says_where_it_stands(
    client: Client, settings: Settings
) -> None:
    save(settings, BLUE)
    reply = save(settings, {"light": "#004b87", "dark": "#7a0f45"}).decode()
    assert '"code":"invalid"' in reply
    assert '"at":"/args/set/colours/dark"' in reply
    assert "#7a0f45 kan ikke læses på det mørke papir: kontrasten er 1,59" in reply
    assert LINK in client.get("/hjaelp").text


@pytest.mark.parametrize("colours", [{"light": "#004b87"}, {"light": "red", "dark": "#9fd0ff"}, "#004b87", ["#004b87"]])
def test_what_is_no_pair_of_colours_is_refused(settings: Settings, colours: dict[str, str]) -> None:
    assert b'"code":"invalid"' in save(settings, colours)
