"""Who may do what: every verb and every route, by everybody, on what is theirs and what is another's. The tables below are what is meant;
the code is held to them. A new verb or route fails here until somebody has written who may use it."""

import datetime
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from server.app import create_app
from server.domain.verbs import VERBS
from server.login import session
from server.model.person import FRESH_S, RIGHTS, ROLES
from server.ops import BatchRefused, Credential, run
from server.settings import Settings
from server.store import login, person
from server.store.database import file_of
from server.store.driver import connect
from server.web import guard
from server.web.signed_in import COOKIE
from sync.wire import SCOPES
from tests.server.conftest import NOW
from tests.server.domain.test_verbs import ARGS
from tests.server.login.browsers import HOME, Client, line
from tests.server.rights import BODIES, OF_ALL, OF_ROUTES, OF_VERBS, OF_WHOM, read
from tests.server.web.conftest import stand_in

WHO = (*ROLES, "nobody", "ended", "device", "local")


@dataclass(frozen=True)
class Somebody:
    """A person who is logged in; `secret` is what the cookie has."""

    id: str
    secret: str
    session: str
    passkey: str


def somebody(tx: Any, role: Any, now: datetime.datetime, name: str = "Kirsten") -> Somebody:
    """A new person with that role, two passkeys and a session."""
    id = str(uuid.uuid4())
    row = person.make(tx, id, name, "editor" if role == "ended" else role, now.date())
    for _ in range(2):
        key = str(uuid.uuid4())
        login.add_passkey(tx, id, id=key, credential=key.encode(), public_key=b"", count=0, name="Nøgle", on=now.date())
    secret = session.begin(tx, id, "Bord", now)
    found = session.find(tx, secret, now)
    assert found is not None
    if role == "ended":
        person.end(tx, row, now.date())
    return Somebody(id, secret, found.id, login.passkeys(tx, id)[0].id)


def credential(
    tx: Any, who: str, now: datetime.datetime, at: datetime.datetime | None = None
) -> tuple[Credential, Somebody | None]:
    """What the door makes of whoever sends; `at`: how late it is since."""
    if who in ("nobody", "local"):
        return Credential("none" if who == "nobody" else "local"), None
    if who == "device":
        return Credential("device", device=bytes(32)), None
    they = somebody(tx, who, now)
    found = session.find(tx, they.secret, at or now)
    return Credential("none") if found is None else session.credential(found, at or now), they


def outcome(world: Any, by: Credential, sent: bytes) -> str:
    """yes, no, again, login; or the code of another refusal."""
    try:
        (reply,) = map(json.loads, run(world.tx, [sent], by, world.ctx))
    except BatchRefused as refused:
        return {"login_needed": "login", "bad_credential": "secret"}.get(refused.code, refused.code)
    if reply["status"] == "applied":
        return "done"
    code = str(reply["code"])
    return {"forbidden": "no" if reply.get("at") is None else "forbidden", "login_again": "again"}.get(code, code)


def subject_of(world: Any, verb: str, they: Somebody | None) -> tuple[str, str]:
    kind = VERBS[verb].subjects[0]
    own = {} if they is None else {"session": they.session, "passkey": they.passkey}
    if verb == "hand_over" and they is not None:
        own["person"] = they.id
    if verb == "follow":
        return "settings", "site"
    if kind == "device":
        return kind, "mine"
    return kind, "site" if kind == "settings" else own.get(kind) or world.id()


def args_of(verb: str) -> dict[str, Any]:
    return {"blob": "a" * 64} if verb == "apply_import" else ARGS[verb]


def everything(tx: Any) -> dict[str, list[Any]]:
    """All that is kept, but for what an inbox remembers of ops that were refused."""
    names = [
        name for (name,) in tx.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")
    ]
    assert {"person", "session", "passkey", "thing", "audit"} <= set(names)
    return {name: tx.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name != "inbox"}


def test_the_table_names_every_verb_and_no_other() -> None:
    assert read(OF_VERBS).keys() == VERBS.keys(), "a verb is new or gone: who may do it?"


def test_every_verb_states_its_right_and_its_credential() -> None:
    known = {"public", *(right for rights in RIGHTS.values() for right in rights)}
    for verb in VERBS.values():
        assert verb.right in known, verb.name
        assert (verb.credential in ("none", "device")) == (verb.right == "public"), verb.name


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("verb", read(OF_VERBS))
def test_a_verb_is_done_by_whom_the_table_says(world: Any, verb: str, who: str) -> None:
    meant = read(OF_VERBS)[verb][who]
    by, they = credential(world.tx, who, NOW)
    before = everything(world.tx)
    found = outcome(world, by, line(verb, *subject_of(world, verb, they), args_of(verb)))
    if meant in ("no", "login", "secret"):
        assert found == meant
        assert everything(world.tx) == before, "nothing of it was done"
    else:
        assert found not in ("no", "login", "secret", "again")


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("verb", read(OF_VERBS))
def test_what_asks_for_a_login_of_a_moment_ago_is_not_done_with_an_older_one(world: Any, verb: str, who: str) -> None:
    meant = read(OF_VERBS)[verb][who]
    later = NOW + datetime.timedelta(seconds=FRESH_S + 1)
    by, they = credential(world.tx, who, NOW, later)
    before = everything(world.tx)
    found = outcome(world, by, line(verb, *subject_of(world, verb, they), args_of(verb)))
    if meant == "fresh":
        assert found == "again"
        assert everything(world.tx) == before
    else:
        assert found != "again"


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("case", read(OF_WHOM))
def test_what_is_anothers_is_done_by_whom_the_table_says(world: Any, case: str, who: str) -> None:
    verb, whose = case.split()
    by, they = credential(world.tx, who, NOW)
    other = somebody(world.tx, "editor", NOW, "Jens")
    assert they is not None
    theirs = {"own": they, "other": other, "guessed": Somebody(*(str(uuid.uuid4()) for _ in range(4)))}[whose]
    kind = VERBS[verb].subjects[0]
    before = everything(world.tx)
    found = outcome(
        world,
        by,
        line(verb, kind, {"session": theirs.session, "passkey": theirs.passkey}.get(kind, theirs.id), ARGS[verb]),
    )
    assert {"no": "forbidden"}.get(found, found) == read(OF_WHOM)[case][who]
    if found != "done":
        assert everything(world.tx) == before


def test_every_verb_that_is_done_to_people_or_their_logins_stands_in_the_table_of_own_and_others() -> None:
    of_people = {name for name, verb in VERBS.items() if {"person", "session", "passkey"} & set(verb.subjects)}
    assert {case.split()[0] for case in read(OF_WHOM)} == of_people


@pytest.mark.parametrize("who", ROLES)
def test_a_batch_is_refused_whole_where_one_of_its_ops_needs_another_credential(world: Any, who: str) -> None:
    by, _ = credential(world.tx, who, NOW)
    mixed = [
        line("report_fault", "place", world.id(), {"what": "broken"}),
        line("move_state", "place", world.id(), {"to": "active"}),
    ]
    with pytest.raises(BatchRefused) as refused:
        run(world.tx, mixed, by, world.ctx)
    assert refused.value.code == "mixed_credentials"


def test_nobody_gives_themselves_a_role_or_anothers_name_in_history(world: Any) -> None:
    by, they = credential(world.tx, "editor", NOW)
    assert they is not None
    world.ctx = replace(world.ctx, who="somebody-else")
    place = world.id()
    given = {"set": {"form": "spot", "name": {"da": "Bænken"}}}
    assert outcome(world, by, line("save_place", "place", place, given)) == "done"
    told = world.tx.execute("SELECT who FROM audit WHERE verb = 'save_place' AND id = ?", (place,)).fetchall()
    assert told == [(they.id,)]


@pytest.fixture(scope="module")
def app(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    folder = tmp_path_factory.mktemp("rights")
    data = shutil.copytree(begun, folder / "data")
    return create_app(Settings(data_dir=data), stand_in(folder / "app"))


Door = Callable[[str], Client]


@pytest.fixture(scope="module")
def door(app: Litestar) -> Iterator[Door]:
    """A browser of somebody new with that role, and with their cookie."""
    with TestClient(app, base_url=HOME) as first:
        tx = connect(file_of(app.state.settings.data_dir))

        def as_(who: str) -> Client:
            client = TestClient(app, base_url=HOME)
            client.blocking_portal = first.blocking_portal
            if who != "nobody":
                tx.execute("BEGIN IMMEDIATE").fetchall()
                they = somebody(tx, who, datetime.datetime.now(datetime.UTC))
                tx.execute("COMMIT").fetchall()
                client.cookies.set(COOKIE, they.secret, domain="moedesteder.test")
            return client

        yield as_
        tx.close()


def routes(app: Litestar) -> dict[str, dict[str, Any]]:
    """{"GET /address": what it states}. Files (ASGI) are GET."""
    found: dict[str, dict[str, Any]] = {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", None) or [route.route_handler]:  # type: ignore[union-attr]
            for method in sorted(getattr(handler, "http_methods", {"GET"}) - {"OPTIONS"}):
                found[f"{method} {route.path}"] = dict(handler.opt)
    return found


def named() -> set[str]:
    scopes = {f"GET /api/v1/sync/{scope}" for scope in SCOPES}
    return {name if name not in scopes else "GET /api/v1/sync/{name:str}" for name in read(OF_ROUTES)} | {
        f"GET {path}" for path in OF_ALL.split()
    }


def test_the_tables_name_every_route_and_no_other(app: Litestar) -> None:
    assert named() == routes(app).keys(), "a route is new or gone: who may use it?"
    assert {f"GET /api/v1/sync/{scope}" for scope in SCOPES} <= read(OF_ROUTES).keys()


def test_every_route_states_what_the_tables_say(app: Litestar) -> None:
    silent = [name for name, opt in routes(app).items() if not guard.states_a_right(opt)]
    assert silent == []
    meant = read(OF_ROUTES)
    for name, opt in routes(app).items():
        right = opt["right"]
        row = meant.get(name)
        if right in ("scope", "each verb's own") or opt["credential"] == "device":
            continue
        for role in ROLES:
            may = right == "public" or right in RIGHTS[role]
            assert row is None or (row[role] == "yes") == may, (name, role)
        assert row is not None or right == "public", name


@pytest.mark.parametrize("who", [who for who in WHO if who not in ("device", "local")])
@pytest.mark.parametrize("name", read(OF_ROUTES))
def test_a_route_is_used_by_whom_the_table_says(door: Door, name: str, who: str) -> None:
    method, address = name.split()
    path = address
    for part, guessed in (("{sha256:str}", "a" * 64), ("{name:str}", f"{'a' * 64}-320.webp"), ("{kind:str}", "place")):
        path = path.replace(part, guessed)
    path = path.replace("{id:str}", str(uuid.uuid4()))
    client = door(who)
    more: dict[str, Any] = {} if method == "GET" else {"headers": {"origin": HOME}}
    if path == "/api/v1/ops":
        more |= {"content": b"", "headers": {"origin": HOME, "content-type": "application/x-ndjson"}}
    elif method == "POST":
        more |= {"json": BODIES.get(path, {})}
    answer = client.request(method, path, follow_redirects=False, **more)
    code = answer.json().get("code") if answer.headers.get("content-type") == "application/problem+json" else None
    known = {"login_needed": "login", "bad_credential": "secret", "forbidden": "no"}
    found = known.get(str(code), "yes")
    assert found == read(OF_ROUTES)[name][who], answer.text[:300]
    assert answer.status_code < 500, answer.text[:300]
    if found != "yes":
        assert (answer.status_code, answer.headers["cache-control"]) == (403 if found == "no" else 401, "no-store")


@pytest.mark.parametrize("who", [who for who in WHO if who not in ("device", "local")])
def test_an_op_at_the_door_is_done_by_whom_its_verb_is_for(door: Door, who: str) -> None:
    client = door(who)
    for verb in ("report_fault", "save_place", "save_settings", "end_session"):
        kind = VERBS[verb].subjects[0]
        sent = line(verb, kind, "site" if kind == "settings" else str(uuid.uuid4()), args_of(verb))
        answer = client.post(
            "/api/v1/ops", content=sent, headers={"origin": HOME, "content-type": "application/x-ndjson"}
        )
        body = answer.json()
        code = body["results"][0].get("code") if answer.status_code == 200 else body["code"]
        found = {"login_needed": "login", "forbidden": "no"}.get(str(code), "yes")
        assert found == read(OF_VERBS)[verb][who], (verb, answer.text)
