"""A push service on loopback and the phones behind it: it answers as it is told to; what it takes is decrypted, as a phone would, and shown
by its tag, as a service worker does."""

import asyncio
import base64
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

Say = int | str | tuple[int, dict[str, str], str]
"""What is answered: a status; "hang" (until the other gives up), "reset", "drip" (a 500 without end), "stall" (a 201 that never ends),
"lost" (shown, then reset); or status, headers and body."""
Judge = Callable[["Phone", web.Request], Awaitable[Say] | Say]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(slots=True)
class Phone:
    """A phone that has subscribed. `says`: what is answered to it, one after the other, then 201; `ever`: always that. `shown`: what it
    shows, by tag; `times`: how often each tag came."""

    token: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    says: list[Say] = field(default_factory=list)
    ever: Say | None = None
    made_with: str | None = None
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def p256dh(self) -> str:
        return base64url(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def read(self, body: bytes) -> dict[str, Any]:
        """What its service worker gets."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


class StandIn:
    """`with StandIn() as service:` in a thread of its own. `wrong`: what a real push service would have refused, in words. `asked`: how
    often it was. `judge`: decides instead of the phones. `wait_s`: how long it takes to answer."""

    def __init__(self, port: int = 0, judge: Judge | None = None, wait_s: float = 0.0) -> None:
        self.port, self.judge, self.wait_s = port, judge, wait_s
        self.phones: dict[str, Phone] = {}
        self.wrong: list[str] = []
        self.asked = 0
        self.at: list[float] = []
        self.connections: set[object] = set()
        self.busy = self.busiest = 0
        self.answered: Counter[str] = Counter()
        self._known: dict[str, dict[str, Any]] = {}
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._started = threading.Event()
        self._stop = asyncio.Event()

    @property
    def host(self) -> str:
        """As the setting push_hosts has it."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def phone(self, says: Iterable[Say] = (), ever: Say | None = None, made_with: str | None = None) -> Phone:
        """A new phone. `made_with`: the key of ours that its subscription is bound to."""
        phone = Phone(base64url(os.urandom(12)), says=list(says), ever=ever, made_with=made_with)
        self.phones[phone.token] = phone
        return phone

    def endpoint(self, phone: Phone) -> str:
        return f"{self.origin}/wpush/v2/{phone.token}"

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        assert self._started.wait(20)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()
        left = asyncio.all_tasks() - {asyncio.current_task()}  # what hangs
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for _ in range(10):  # transports that are closed say so in the next rounds of the loop
            await asyncio.sleep(0)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        self.connections.add(request.transport.get_extra_info("peername") if request.transport else None)
        self.at.append(time.monotonic())
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            return await self._take(request)
        finally:
            self.busy -= 1

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        phone = self.phones.get(request.path.rpartition("/")[2])
        if phone is None or request.method != "POST":
            self.answered["404"] += 1
            return web.Response(status=404)
        self._look_at(phone, request, body)
        if self.wait_s:
            await asyncio.sleep(self.wait_s)
        say: Say = 201
        if self.judge is not None:
            told = self.judge(phone, request)
            say = await told if isinstance(told, Awaitable) else told
        elif phone.ever is not None:
            say = phone.ever
        elif phone.says:
            say = phone.says.pop(0)
        self.answered[str(say if not isinstance(say, tuple) else say[0])] += 1
        match say:
            case "hang":
                await asyncio.sleep(3600)
            case "reset" | "lost":
                if say == "lost":
                    self._show(phone, body)
                if request.transport is not None:  # who asked may have been killed
                    request.transport.abort()
            case "stall":
                self._show(phone, body)
                stalling = web.StreamResponse(status=201)
                await stalling.prepare(request)
                await stalling.write(b"x")
                await asyncio.sleep(3600)
            case "drip":
                dripping = web.StreamResponse(status=500)
                await dripping.prepare(request)
                while True:
                    await dripping.write(b"x" * 1024)
                    await asyncio.sleep(0.001)
            case (status, headers, text):
                if status < 300:
                    self._show(phone, body)
                return web.Response(status=status, headers=headers, text=text)
            case int(status) if 200 <= status < 300:
                self._show(phone, body)
                return web.Response(status=status, headers={"Location": f"{self.origin}/m/{phone.token}"})
            case int(status):
                return web.Response(status=status)
        return web.Response(status=500)

    def _show(self, phone: Phone, body: bytes) -> None:
        try:
            told = phone.read(body)["notification"]
        except Exception as error:  # whatever it is, a phone could not have read it
            self.wrong.append(f"not readable: {error}")
            return
        phone.shown[told["tag"]] = told
        phone.times[told["tag"]] += 1

    def _look_at(self, phone: Phone, request: web.Request, body: bytes) -> None:
        headers = request.headers
        phone.sizes.append(len(body))
        phone.headers.append(dict(headers))
        if len(body) > 3070:
            self.wrong.append(f"a body of {len(body)} bytes")
        if headers.get("Content-Encoding") != "aes128gcm":
            self.wrong.append("no aes128gcm")
        if not headers.get("TTL", "").isdecimal() or int(headers["TTL"]) < 1:
            self.wrong.append(f"TTL {headers.get('TTL')}")
        topic = headers.get("Topic", "")
        if not 1 <= len(topic) <= 32 or len(topic) % 4 == 1:
            self.wrong.append(f"Topic {topic}")
        if headers.get("Urgency") not in ("very-low", "low", "normal", "high"):
            self.wrong.append(f"Urgency {headers.get('Urgency')}")
        self._look_at_token(phone, headers.get("Authorization", ""))

    def _look_at_token(self, phone: Phone, told: str) -> None:
        token, _, key = told.removeprefix("vapid t=").partition(", k=")
        if told not in self._known:
            point = unbase64(key)
            x, y = base64url(point[1:33]), base64url(point[33:])
            try:
                read = jwt.decode(
                    token, ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y}), algorithms=["ES256"]
                )
            except Exception as error:
                self.wrong.append(f"token: {error}")
                return
            self._known[told] = dict(read.claims)
        claims = self._known[told]
        if claims["aud"] != self.origin:
            self.wrong.append(f"aud {claims['aud']}")
        if not time.time() < claims["exp"] <= time.time() + 86400:
            self.wrong.append(f"exp {claims['exp']}")
        if not str(claims["sub"]).startswith(("mailto:", "https:")):
            self.wrong.append(f"sub {claims['sub']}")
        if phone.made_with is not None and key != phone.made_with:
            self.wrong.append("signed with another key than the subscription was made with")
