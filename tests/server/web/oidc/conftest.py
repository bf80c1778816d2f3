"""A server with the municipality's own login, by a provider on loopback, and what people do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar

from server.app import create_app
from server.settings import Oidc, Settings
from tests.server.login import browsers
from tests.server.login.browsers import HOME, Client, Doors, say
from tests.server.login.provider import CLIENT, SECRET, Provider, back, running

ROLES = {"systemejere": "admin", "redaktører": "editor", "foreninger": "organiser"}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def own(settings: Settings, provider: Provider) -> Settings:
    """Settings with that provider's login."""
    keys = settings.data_dir / "keys"
    keys.mkdir(exist_ok=True)
    (keys / "oidc_secret").write_text(f"{SECRET}\n", encoding="utf-8")
    (keys / "oidc_secret").chmod(0o600)
    oidc = Oidc(issuer=provider.issuer, client_id=CLIENT, roles=ROLES)  # type: ignore[arg-type]
    return msgspec.structs.replace(settings, origin=HOME, oidc=oidc)


@pytest.fixture
def app(own: Settings, app_dir: Path) -> Litestar:
    return create_app(own, app_dir)


@pytest.fixture
def doors(app: Litestar) -> Iterator[Doors]:
    with browsers.at(app) as doors:
        yield doors


def away(client: Client, **more: Any) -> str:
    """Where the person goes to log in."""
    answer = say(client, "/login/oidc", {"device": "Bord"} | more)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


def came(client: Client, told: dict[str, str]) -> str:
    """Comes back with that, and where it ends."""
    answer = client.get(back(told), follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.headers["location"])


@dataclass
class Staff:
    """People at the provider's page."""

    provider: Provider

    def come(self, client: Client, sub: str = "ane", *, again: bool = False, **claims: Any) -> str:
        return came(client, self.provider.person_at(away(client, again=again), sub, **claims))


@pytest.fixture
def staff(provider: Provider) -> Staff:
    return Staff(provider)


def me(client: Client) -> Any:
    return client.get("/api/v1/me").json()
