"""How the server runs: one typed file, the environment over it. What phones show is data (settings/site), not this."""

import ipaddress
import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from server.model.pushing import LOOPBACK_HOST, contact_wrong, host_wrong

PLAIN = ("port", "data_dir", "demo")  # taken from PORT, DATA_DIR, DEMO as they stand; the others from MOEDE_<KEY>


class Oidc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The municipality's own login (OpenID Connect). The client's secret lies in DATA_DIR/keys/oidc_secret, which its owner alone reads."""

    issuer: Annotated[
        str, Meta(pattern=r"^(https://[^\s/?#@]+|http://(localhost|127\.0\.0\.1)(:\d+)?)(/[^\s?#]*)?$(?!\n)")
    ]
    """As it names itself; `/.well-known/openid-configuration` is asked for below it."""
    client_id: Annotated[str, Meta(min_length=1, max_length=200)]
    roles: Annotated[dict[str, Literal["admin", "editor", "moderator", "organiser"]], Meta(min_length=1)]
    """The role of each group. Who is in several has the first of these four."""
    groups: Annotated[str, Meta(min_length=1)] = "groups"
    """The claim that lists a person's groups."""
    scope: Annotated[str, Meta(pattern=r"^openid( \S+)*$(?!\n)")] = "openid profile"
    button: Annotated[str, Meta(min_length=1, max_length=40)] = "Log ind med kommunens login"
    ask: Annotated[str, Meta(min_length=1, max_length=120)] = "den, der passer Mødesteder i kommunen"
    """Whom to ask, where a login gives no role."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every key of settings.toml, its type, its limits and what it is when nothing is said."""

    code: Annotated[str, Meta(pattern=r"^\d{3}$")] = "376"
    """The municipality's code (kommunekode), three digits."""
    name: Annotated[str, Meta(min_length=1, max_length=80)] = "Guldborgsund Kommune"
    """What the municipality is called; a new database begins with it."""
    port: Annotated[int, Meta(ge=1, le=65535)] = 8000
    address: Annotated[str, Meta(min_length=1)] = "127.0.0.1"
    """The address to listen on. Behind a proxy on the same machine 127.0.0.1; in a container 0.0.0.0."""
    data_dir: Path = Path("var/data")
    """Database, packs, media, keys, backups, lock."""
    demo: bool = False
    """Load the hand-made demo into an empty data_dir."""
    origin: Annotated[str, Meta(pattern=r"^https?://[^/]+$")] | None = None
    """The address people use (https://moedesteder.example.dk). None: the request's own Host counts."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose X-Forwarded-For is believed, for limits alone; it is never logged."""
    readers: Annotated[int, Meta(ge=1, le=16)] = 2
    """Connections that read the database beside the one that writes."""
    licence: Annotated[str, Meta(min_length=1, max_length=80)] = "CC BY 4.0"
    """On what terms others use what is public (/feeds, `export`); it stands in each file."""
    licence_url: Annotated[str, Meta(pattern=r"^https?://[!-;=?-~]+$", max_length=200)] = (
        "https://creativecommons.org/licenses/by/4.0/"
    )
    """Where those terms are read."""
    ops_an_hour: Annotated[int, Meta(ge=1, le=100_000)] = 120
    """New anonymous ops per address and hour; more are answered `later` `rate_limited`."""
    backups_to: Path | None = None
    """Where `python -m server backup` makes its folders. None: DATA_DIR/backups, which is on the same disk."""
    backups_kept: Annotated[int, Meta(ge=1, le=1000)] = 14
    """How many of those it made stay there; one from before a migration stays beside them."""
    geofa: Annotated[str, Meta(pattern=r"^https?://[^/]+/\S*$")] | None = "https://geofa.geodanmark.dk/ows/fkg/fkg"
    """Where the public register GeoFA is asked by `import --geofa` (WFS 2.0)."""
    push_contact: str | None = None
    """Whom a push service writes to when something is wrong with what we send: mailto: and an address that is read, or https: and a page.
    None: `origin`, where it is https."""
    push_hosts: tuple[str, ...] = ()
    """Push services besides those of the browsers. For tests: 127.0.0.1 with its port."""
    calendar_hosts: tuple[str, ...] = ()
    """Hosts on this machine from which calendars may be fetched without TLS. For tests: 127.0.0.1 with its port."""
    proxy: Annotated[str, Meta(pattern=r"^https?://[^\s/?#@]+$(?!\n)")] | None = None
    """The proxy through which push services and calendars are reached from a closed net (http://proxy.kommune.dk:3128)."""
    oidc: Oidc | None = None
    """The municipality's own login: a table of its own, [oidc]. In the environment it is JSON. None: people come by invitation alone."""

    @property
    def issuer(self) -> str | None:
        """Whose login people come by, where one is set."""
        return None if self.oidc is None else self.oidc.issuer

    @property
    def contact(self) -> str | None:
        """Whom a push service is told to write to; None where nothing says, and nothing is sent then."""
        if self.push_contact is not None:
            return self.push_contact
        if self.origin and contact_wrong(self.origin) is None:
            return self.origin
        return "mailto:demo@moedesteder.example" if self.demo else None


class SettingsRefused(Exception):
    """A key that is not known, or a value that is not allowed: names the key, where it stands and what is allowed."""


def where(env: Mapping[str, str] = os.environ) -> Path:
    """The file that is read when none is named; it need not be there."""
    return Path(env.get("MOEDE_SETTINGS", "settings.toml"))


def load(file: Path | None = None, env: Mapping[str, str] = os.environ, *, begins: bool = False) -> Settings:
    """The settings in force. `file` defaults to $MOEDE_SETTINGS or settings.toml here; `begins`: a named one need not be there yet.
    Raises SettingsRefused."""
    if not _text(env.get("MOEDE_SETTINGS", "")):
        raise SettingsRefused(f"environment MOEDE_SETTINGS: {env['MOEDE_SETTINGS']!r} is not UTF-8. Type it in UTF-8.")
    path = file or where(env)
    values: dict[str, Any] = {}
    if _there(path):
        try:
            values = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsRefused(f"{path}: not TOML: {error}") from error
        except OSError as error:
            raise SettingsRefused(f"{path}: can not be read: {error.strerror}") from error
    elif (file or "MOEDE_SETTINGS" in env) and not begins:
        raise SettingsRefused(
            f"{path}: filen findes ikke. Skriv MOEDE_SETTINGS med en, der gør; `init` begynder en ny."
        )
    known = {f.name for f in msgspec.structs.fields(Settings)}
    for key in values:
        _known(key, known, str(path))
    origins = dict.fromkeys(values, str(path))
    for name, text in env.items():
        key = name.removeprefix("MOEDE_").lower()
        if name == "MOEDE_SETTINGS" or not (name.startswith("MOEDE_") or (key in PLAIN and name == key.upper())):
            continue
        _known(key, known, f"environment {name}")
        if not _text(text):
            raise SettingsRefused(f"environment {name}: {text!r} is not UTF-8. Type it in UTF-8.")
        values[key] = _of_env(key, text)
        origins[key] = f"environment {name}"
    for key in values:  # one key at a time, so that the message can say which and where
        try:
            msgspec.convert({key: values[key]}, Settings, strict=False, dec_hook=_path)
        except msgspec.ValidationError as error:
            raise SettingsRefused(f"{origins[key]}: {key} = {values[key]!r} is not allowed: {error}") from error
    if "name" in values and not any(c.isprintable() and not c.isspace() for c in values["name"]):
        raise SettingsRefused(f"{origins['name']}: name = {values['name']!r} is not allowed: there is nothing to read")
    if "trusted_proxies" in values:
        values["trusted_proxies"] = _addresses(values["trusted_proxies"], origins["trusted_proxies"])
    if (contact := values.get("push_contact")) is not None and (why := contact_wrong(contact)):
        raise SettingsRefused(f"{origins['push_contact']}: push_contact = {contact!r} is not allowed: {why}")
    for host in values.get("push_hosts", ()):
        if why := host_wrong(host):
            raise SettingsRefused(f"{origins['push_hosts']}: push_hosts: {host!r} is not allowed: {why}")
    for host in values.get("calendar_hosts", ()):
        if not LOOPBACK_HOST.fullmatch(host):
            raise SettingsRefused(
                f"{origins['calendar_hosts']}: calendar_hosts: {host!r} is not allowed: it must be 127.0.0.1 with a port"
            )
    if values.get("oidc") and not values.get("origin"):
        raise SettingsRefused(
            f"{origins['oidc']}: oidc needs `origin`: the municipality's login sends people back to it"
        )
    return msgspec.convert(values, Settings, strict=False, dec_hook=_path)


def _of_env(key: str, text: str) -> Any:
    """A value of the environment, as the file would have it."""
    if key in ("trusted_proxies", "push_hosts", "calendar_hosts"):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return json.loads(text) if key == "oidc" else text
    except ValueError:
        return text


def _addresses(told: Sequence[str], origin: str) -> list[str]:
    """Spelt as the server spells who speaks to it: one that is never met would be trusted in vain."""
    found = []
    for one in told:
        try:
            found.append(str(ipaddress.ip_address(one)))
        except ValueError:
            raise SettingsRefused(
                f"{origin}: trusted_proxies: {one} is no IP address. Name each proxy's own."
            ) from None
    return found


def _there(path: Path) -> bool:
    """Whether there is such a file. Raises SettingsRefused where nobody may look."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise SettingsRefused(f"{path}: can not be read: {error.strerror}") from error
    return True


def _text(text: str) -> bool:
    """Whether it can be printed and kept: bytes that are no UTF-8 come out of the environment as halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _known(key: str, known: set[str], where: str) -> None:
    if key not in known:
        raise SettingsRefused(f"{where}: unknown key {key!r}. Known keys: {', '.join(sorted(known))}")


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    raise ValueError(f"expected a path, got {value!r}")
