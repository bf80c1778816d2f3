"""From a closed net push services are reached through the proxy that settings name, by TLS from end to end."""

import asyncio
import datetime
import ssl
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.push import vapid
from server.push.sender import Sender
from server.store.parcel import Settled
from tests.server.push.reached import CONTACT
from tests.server.push.standin import Phone, StandIn
from tests.server.push.test_sender import parcel

HOST = "push.kommune.example"


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a name that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / "own.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + made.public_bytes(Encoding.PEM)
    )
    return file


class Proxy:
    """A proxy that knows CONNECT, and leads each tunnel to one port here. `asked`: where to."""

    def __init__(self, to: int, status: int = 200) -> None:
        self.to, self.status = to, status
        self.asked: list[str] = []
        self._open: list[asyncio.StreamWriter] = []

    async def start(self) -> int:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        self._server.close()
        for writer in self._open:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        await self._server.wait_closed()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.split(b"\r\n")[0].decode())
        if self.status != 200 or not head.startswith(b"CONNECT "):
            writer.write(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n" % self.status)
            writer.close()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        self._open.append(back)
        await asyncio.gather(_pipe(reader, back), _pipe(there, writer), return_exceptions=True)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def through(
    data_dir: Path, folder: Path, *, trusted: bool = True, status: int = 200, name: str = HOST
) -> tuple[Settled, list[str], list[str]]:
    """What becomes of a parcel for a push service behind the proxy, where the proxy was led, and what the push service was asked."""
    file, asked = certificate(folder, name), []

    async def take(request: web.Request) -> web.Response:
        asked.append(f"{request.method} {request.path} {request.headers['Host']}")
        return web.Response(status=201)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(file)
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    proxy = Proxy(runner.addresses[0][1], status)
    port = await proxy.start()
    sends = Sender(
        lambda: vapid.by_public(data_dir), contact=CONTACT, hosts=(HOST,), proxy=f"http://127.0.0.1:{port}",
        tls=ssl.create_default_context(cafile=str(file)) if trusted else None,
    )  # fmt: skip
    try:
        settled = await sends.send(parcel(data_dir, f"https://{HOST}/p/x", Phone("x")))
    finally:
        await sends.close()
        await proxy.stop()
        await runner.cleanup()
    return settled, proxy.asked, asked


def test_a_push_goes_through_the_proxy_and_is_read_by_the_push_service_alone(data_dir: Path, tmp_path: Path) -> None:
    settled, led, asked = asyncio.run(through(data_dir, tmp_path))
    assert (settled.outcome, settled.status) == ("sent", 201)
    assert led == [f"CONNECT {HOST}:443 HTTP/1.1"]
    assert asked == [f"POST /p/x {HOST}"]


def test_who_can_not_show_that_it_is_the_push_service_is_sent_nothing(data_dir: Path, tmp_path: Path) -> None:
    for more in ({"trusted": False}, {"name": "fremmed.example"}):
        settled, _, asked = asyncio.run(through(data_dir, tmp_path, **more))
        assert (settled.outcome, settled.reason, asked) == ("again", "unreached", [])


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_proxy_that_lets_nobody_through_is_tried_again(data_dir: Path, tmp_path: Path, status: int) -> None:
    settled, _, asked = asyncio.run(through(data_dir, tmp_path, status=status))
    assert (settled.outcome, settled.status, settled.reason, asked) == ("again", None, "unreached", [])


def test_a_push_service_on_this_machine_is_not_behind_the_proxy(data_dir: Path) -> None:
    with StandIn() as service:
        phone = service.phone()

        async def run() -> Settled:
            sends = Sender(
                lambda: vapid.by_public(data_dir), contact=None, hosts=(service.host,), proxy="http://127.0.0.1:9"
            )
            try:
                return await sends.send(parcel(data_dir, service.endpoint(phone), phone))
            finally:
                await sends.close()

        assert asyncio.run(run()).outcome == "sent"
