"""Browsers at one server, each with cookies of its own, and what people do in them."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uuid_utils
from litestar import Litestar
from litestar.testing import TestClient

from server.invite import invite
from server.settings import Settings
from server.store.database import file_of
from server.web.signed_in import COOKIE
from tests.server.login.authenticator import Authenticator

HOME = "https://moedesteder.test"
Client = TestClient[Litestar]
Doors = Callable[[], Client]


@contextmanager
def at(app: Litestar) -> Iterator[Doors]:
    """Each call is another browser."""
    with TestClient(app, base_url=HOME) as first:

        def another() -> Client:
            client = TestClient(app, base_url=HOME)
            client.blocking_portal = first.blocking_portal
            return client

        yield another


def code_for(settings: Settings, role: str, name: str = "Kirsten") -> str:
    """The code of a new invitation, made at the machine itself."""
    link, _ = invite(settings, role, name)
    return link.partition("#")[2]


def say(client: Client, path: str, body: Any, **headers: str) -> Any:
    """A POST as our own pages make it."""
    return client.post(f"/api/v1{path}", json=body, headers={"origin": HOME} | headers)


def come(client: Client, code: str, key: Authenticator) -> Any:
    """Uses an invitation."""
    begun = say(client, "/invitation/begin", {"code": code}).json()
    made = key.make(begun["options"])
    return say(
        client, "/invitation", {"asking": begun["asking"], "credential": made, "device": "Telefon", "code": code}
    )


def log_in(client: Client, key: Authenticator) -> Any:
    """By a passkey."""
    begun = say(client, "/login/begin", {}).json()
    return say(
        client, "/login", {"asking": begun["asking"], "credential": key.sign(begun["options"]), "device": "Bord"}
    )


def line(verb: str, kind: str, id: str, args: Any) -> bytes:
    """An op, anew each time."""
    subject = {"kind": kind, "id": id}
    told = {"id": str(uuid_utils.uuid7()), "verb": verb, "at": "2026-04-01T07:00:00Z", "subject": subject, "base": None}
    return json.dumps(told | {"args": args}).encode()


def send(client: Client, content: bytes, **headers: str) -> Any:
    """Ops, as our own pages send them: the whole answer."""
    headers = {"content-type": "application/x-ndjson", "origin": HOME} | headers
    return client.post("/api/v1/ops", content=content, headers=headers)


def op(client: Client, verb: str, kind: str, id: str, args: Any) -> Any:
    """One op: its reply, or the problem where nothing ran."""
    answer = send(client, line(verb, kind, id, args))
    return answer.json()["results"][0] if answer.status_code == 200 else answer.json()


def entered(
    doors: Doors, settings: Settings, role: str = "editor", name: str = "Kirsten"
) -> tuple[Client, Authenticator]:
    """A browser in which somebody new has come in, and their passkey."""
    client, key = doors(), Authenticator(HOME)
    assert come(client, code_for(settings, role, name), key).status_code == 201
    return client, key


def with_cookie(doors: Doors, secret: str) -> Client:
    """A browser whose session's secret somebody chose."""
    client = doors()
    client.cookies.set(COOKIE, secret, domain="moedesteder.test")
    return client


def secret_of(client: Client) -> str:
    """Of its session."""
    return str(client.cookies.get(COOKIE))


def do(settings: Settings, sql: str, *values: Any) -> list[Any]:
    """What nobody can do at the door: to the database itself."""
    with sqlite3.connect(file_of(settings.data_dir)) as tx:
        return tx.execute(sql, values).fetchall()
