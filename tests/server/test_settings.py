"""settings.toml and the environment over it."""

from pathlib import Path

import pytest

from server.settings import SettingsRefused, load


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_empty_file_gives_what_is_said_in_the_struct(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""), {})
    assert (settings.port, settings.code, settings.demo) == (8000, "376", False)


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    env = {"PORT": "9001", "DEMO": "1", "MOEDE_ORIGIN": "https://x.dk", "MOEDE_TRUSTED_PROXIES": "10.0.0.1,10.0.0.2"}
    settings = load(written(tmp_path, "port = 8500"), env)
    assert (settings.port, settings.demo, settings.origin) == (9001, True, "https://x.dk")
    assert settings.trusted_proxies == ("10.0.0.1", "10.0.0.2")


def test_the_contact_is_what_is_said_or_else_the_address_that_people_use(tmp_path: Path) -> None:
    assert load(written(tmp_path, ""), {}).contact is None
    assert load(written(tmp_path, 'origin = "http://127.0.0.1:8000"'), {}).contact is None
    assert load(written(tmp_path, 'origin = "https://moede.kommune.dk"'), {}).contact == "https://moede.kommune.dk"
    both = 'origin = "https://moede.kommune.dk"\npush_contact = "mailto:moede@kommune.dk"'
    assert load(written(tmp_path, both), {}).contact == "mailto:moede@kommune.dk"


def test_push_services_are_added_by_name(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""), {"MOEDE_PUSH_HOSTS": "push.kommune.dk, *.andre.dk,127.0.0.1:8123"})
    assert settings.push_hosts == ("push.kommune.dk", "*.andre.dk", "127.0.0.1:8123")


def test_a_proxy_is_spelt_as_the_server_spells_who_speaks_to_it(tmp_path: Path) -> None:
    env = {"MOEDE_TRUSTED_PROXIES": "127.0.0.1, 2001:DB8:0:0::1,"}
    assert load(written(tmp_path, ""), env).trusted_proxies == ("127.0.0.1", "2001:db8::1")


def test_data_dir_becomes_a_path(tmp_path: Path) -> None:
    assert load(written(tmp_path, 'data_dir = "somewhere"'), {}).data_dir == Path("somewhere")


OIDC = """
origin = "https://moede.dk"
[oidc]
issuer = "https://login.kommune.dk"
client_id = "moedesteder"
roles = { "Mødesteder redaktører" = "editor" }
"""
ENV = '{"issuer":"https://login.kommune.dk/realms/x","client_id":"m","roles":{"a":"admin"}}'


def test_the_municipalitys_login_is_a_table_of_its_own_or_json_in_the_environment(tmp_path: Path) -> None:
    settings = load(written(tmp_path, OIDC), {})
    assert settings.issuer == "https://login.kommune.dk"
    assert settings.oidc is not None
    assert settings.oidc.roles == {"Mødesteder redaktører": "editor"}
    assert load(written(tmp_path, OIDC), {"MOEDE_OIDC": ENV}).issuer == "https://login.kommune.dk/realms/x"
    assert load(written(tmp_path, ""), {}).issuer is None


@pytest.mark.parametrize(
    ("text", "env", "words"),
    [
        ("prot = 8000", {}, ["settings.toml", "unknown key 'prot'", "port"]),
        ('push_contact = ""', {}, ["push_contact", "mailto:"]),
        ('push_contact = "mailto:x@localhost"', {}, ["push_contact", "localhost"]),
        ('push_contact = "kirsten@kommune.dk"', {}, ["push_contact", "mailto:"]),
        ('push_contact = "mailto:<kirsten@kommune.dk>"', {}, ["push_contact", "mailto:"]),
        ('push_contact = "mailto:a@kommune.dk, b@kommune.dk"', {}, ["push_contact", "mailto:"]),
        ('push_contact = "mailto:x@10.0.0.7"', {}, ["push_contact", "10.0.0.7"]),
        ('push_contact = "http://kommune.dk"', {}, ["push_contact", "https:"]),
        ('push_contact = "https://maskinen/"', {}, ["push_contact", "maskinen"]),
        ("", {"MOEDE_PUSH_CONTACT": "mailto:x@min.local"}, ["MOEDE_PUSH_CONTACT", "min.local"]),
        ('push_hosts = ["https://push.kommune.dk"]', {}, ["push_hosts", "small letters"]),
        ('push_hosts = ["10.0.0.7"]', {}, ["push_hosts", "10.0.0.7"]),
        ('push_hosts = ["*"]', {}, ["push_hosts"]),
        ('calendar_hosts = ["10.0.0.7:80"]', {}, ["calendar_hosts", "127.0.0.1"]),
        ('push_hosts = ["127.0.0.1"]', {}, ["push_hosts", "port"]),
        ("", {"MOEDE_PUSH_HOSTS": "push.kommune.dk, 127.0.0.1:99999"}, ["MOEDE_PUSH_HOSTS", "port"]),
        ('proxy = "proxy.kommune.dk:3128"', {}, ["proxy"]),
        ('proxy = "http://kirsten:ord@proxy.kommune.dk:3128"', {}, ["proxy"]),
        ("port = 70000", {}, ["port = 70000", "65535"]),
        ('code = "37"', {}, ["code = '37'"]),
        ("", {"MOEDE_PROT": "1"}, ["environment MOEDE_PROT", "unknown key 'prot'"]),
        ("", {"PORT": "many"}, ["environment PORT", "port = 'many'"]),
        ('origin = "moede.dk/x"', {}, ["origin"]),
        ("port = ", {}, ["not TOML"]),
        ("", {"MOEDE_TRUSTED_PROXIES": "127.0.0.1,abc"}, ["environment MOEDE_TRUSTED_PROXIES", "abc is no IP address"]),
        ("", {"MOEDE_TRUSTED_PROXIES": '["abc"]'}, ['["abc"] is no IP address']),
        ("", {"MOEDE_NAME": "  "}, ["environment MOEDE_NAME", "name = '  '", "nothing to read"]),
        ('name = "\\u200b"', {}, ["settings.toml", "nothing to read"]),
        ("", {"MOEDE_NAME": "a\udcff"}, ["environment MOEDE_NAME", "not UTF-8"]),
        ("", {"MOEDE_SETTINGS": "a\udcff"}, ["environment MOEDE_SETTINGS", "not UTF-8"]),
        ("", {"DATA_DIR": "a\udcff"}, ["environment DATA_DIR", "not UTF-8"]),
        (OIDC.replace('origin = "https://moede.dk"', ""), {}, ["settings.toml", "oidc needs `origin`"]),
        (OIDC.replace("https://login", "http://login"), {}, ["settings.toml", "oidc", "issuer"]),
        (OIDC.replace('"editor"', '"boss"'), {}, ["settings.toml", "oidc", "boss"]),
        (OIDC.replace("client_id", "client"), {}, ["settings.toml", "oidc", "unknown field `client`"]),
        (OIDC + "secret = 1", {}, ["settings.toml", "oidc", "secret"]),
        ("", {"MOEDE_OIDC": "https://login.kommune.dk"}, ["environment MOEDE_OIDC", "oidc"]),
        ('trusted_proxies = ["10.0.0.0/8"]', {}, ["settings.toml", "10.0.0.0/8 is no IP address"]),
    ],
)
def test_a_bad_key_or_value_is_refused_with_its_place_and_what_is_allowed(
    tmp_path: Path, text: str, env: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(SettingsRefused) as refused:
        load(written(tmp_path, text), env)
    for word in words:
        assert word in str(refused.value)


def test_a_file_that_was_named_and_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="filen findes ikke"):
        load(tmp_path / "gone.toml", {})


def test_a_file_at_which_nobody_may_look_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="can not be read: File name too long"):
        load(None, {"MOEDE_SETTINGS": str(tmp_path / ("a" * 300))})
