"""The municipality's own login, asked by OpenID Connect Core 1.0 (authorization code with PKCE, RFC 7636) through Authlib. Nobody but the
issuer is ever spoken to: no redirect is followed, and every question ends within ten seconds."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx2
import msgspec
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from server.model.person import FRESH_S

ANSWERS_S: Final = 10.0
"""How long one question may take."""
LEEWAY_S: Final = 60
"""How far the two clocks may be apart."""
HOLDS_S: Final = 3600.0
"""How long what the issuer says of itself, and its keys, are kept."""
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""What an ID token may be signed with: never "none", and nothing whose key both sides have."""
T = TypeVar("T")


class NotReached(Exception):
    """The issuer did not answer, or not as it must. Nothing is known of who logs in."""


class NotBelieved(Exception):
    """What was told is not the issuer's word on this login."""


@dataclass(frozen=True, slots=True)
class Client:
    """How we are known there. `back`: where people are sent back to. `groups`: the claim that lists a person's groups."""

    issuer: str
    client_id: str
    secret: str
    back: str
    scope: str
    groups: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What one login was asked with: each is random and good once. `again`: the person must prove anew who they are."""

    state: str
    nonce: str
    verifier: str
    again: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Who logged in, by the issuer's word. `proved_at`: seconds since 1970 when they last proved it; None where it does not tell."""

    sub: str
    name: str | None
    groups: frozenset[str]
    proved_at: int | None


class _Self(msgspec.Struct, frozen=True):
    """What the issuer says of itself (OpenID Connect Discovery 1.0; `iss` in the answer: RFC 9207)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _Keys(msgspec.Struct, frozen=True):
    """A JWK Set (RFC 7517)."""

    keys: list[dict[str, Any]]


class Provider:
    """One issuer. `clock` is time.time's: seconds since 1970."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.time) -> None:
        self._client, self._clock = client, clock
        self._self: tuple[float, _Self] | None = None
        self._keys: tuple[float, KeySet] | None = None

    @property
    def issuer(self) -> str:
        """As it names itself."""
        return self._client.issuer

    async def address(self, asked: Asked) -> str:
        """Where the person goes to log in. Raises NotReached."""
        async with self._asking() as to:
            known = await self._itself(to)
            # With prompt=login alone some do not tell when the person proved who they are; max_age makes them (Core 1.0, 3.1.2.1).
            more: dict[str, Any] = {"prompt": "login", "max_age": FRESH_S} if asked.again else {}
            url, _ = to.create_authorization_url(
                known.authorization_endpoint, state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier, **more
            )
            return str(url)

    async def told(self, asked: Asked, code: str, issuer: str | None) -> Told:
        """Who came back with that code; `issuer`: whose answer it says that it is. Raises NotReached, NotBelieved."""
        async with self._asking() as to:
            known = await self._itself(to)
            if issuer != self.issuer and (issuer is not None or known.authorization_response_iss_parameter_supported):
                raise NotBelieved("another issuer's answer")
            if "client_secret_basic" not in known.token_endpoint_auth_methods_supported:
                to.token_endpoint_auth_method = "client_secret_post"  # noqa: S105  a way of sending it
            token = await to.fetch_token(known.token_endpoint, code=code, code_verifier=asked.verifier)
            claims = await self._claims(to, known, token, asked)
            at = known.userinfo_endpoint
            if self._client.groups not in claims and at is not None and _origin(at) == _origin(self.issuer):
                more = _object(await to.get(at))
                if more.get("sub") != claims["sub"]:  # Core 1.0, 5.3.2
                    raise NotBelieved("somebody else's word on who they are")
                claims = more | claims
        return Told(claims["sub"], _name(claims), _groups(claims.get(self._client.groups)), claims.get("auth_time"))

    def _asking(self) -> "_Asking":
        return _Asking(self._client)

    async def _itself(self, to: AsyncOAuth2Client) -> _Self:
        if self._self is not None and self._self[0] > self._clock():
            return self._self[1]
        asked = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        known = msgspec.convert(_object(await to.request("GET", asked, withhold_token=True)), _Self)
        if known.issuer != self.issuer:
            raise NotReached("it names itself otherwise")
        if _origin(known.authorization_endpoint) != _origin(self.issuer):
            raise NotReached("people would log in elsewhere")
        self._self = (self._clock() + HOLDS_S, known)
        return known

    async def _keys_of(self, to: AsyncOAuth2Client, known: _Self, *, anew: bool) -> KeySet:
        if self._keys is None or anew or self._keys[0] <= self._clock():
            found = _object(await to.request("GET", known.jwks_uri, withhold_token=True))
            listed = msgspec.convert(found, _Keys).keys
            self._keys = (self._clock() + HOLDS_S, KeySet.import_key_set({"keys": listed}))
        return self._keys[1]

    async def _claims(self, to: AsyncOAuth2Client, known: _Self, token: dict[str, Any], asked: Asked) -> dict[str, Any]:
        """What the ID token says, where all of it holds (Core 1.0, 3.1.3.7)."""
        raw = token.get("id_token")
        if not isinstance(raw, str):
            raise NotBelieved("no ID token")
        try:
            read = jwt.decode(raw, await self._keys_of(to, known, anew=False), algorithms=ALGORITHMS)
        except (InvalidKeyIdError, BadSignatureError):  # its keys may have been changed since
            read = jwt.decode(raw, await self._keys_of(to, known, anew=True), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self._client.client_id}},
            {"nonce": asked.nonce, "client_id": self._client.client_id, "access_token": token.get("access_token")},
        )  # fmt: skip
        claims.validate(now=int(self._clock()), leeway=LEEWAY_S)
        sub, proved_at = claims["sub"], claims.get("auth_time")
        if not isinstance(sub, str) or not 0 < len(sub) <= 255 or not isinstance(proved_at, int | None):
            raise NotBelieved("nobody is named")
        if proved_at is not None and proved_at > self._clock() + LEEWAY_S:
            raise NotBelieved("proved in time to come")
        if asked.again and (proved_at is None or proved_at < self._clock() - FRESH_S - LEEWAY_S):
            raise NotBelieved("nobody proved anew who they are")
        return dict(claims)


class _Asking:
    """A conversation with the issuer: whatever goes wrong in it is NotReached or NotBelieved."""

    def __init__(self, client: Client) -> None:
        self._origin = _origin(client.issuer)
        self._within = asyncio.timeout(ANSWERS_S)
        self._to = AsyncOAuth2Client(
            client.client_id, client.secret, scope=client.scope, redirect_uri=client.back, code_challenge_method="S256",
            timeout=ANSWERS_S, follow_redirects=False, event_hooks={"request": [self._there], "response": [self._plain]},
        )  # fmt: skip

    async def __aenter__(self) -> AsyncOAuth2Client:
        await self._within.__aenter__()
        return self._to

    async def __aexit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: Any) -> None:
        try:
            await self._within.__aexit__(kind, wrong, trace)
        except TimeoutError as late:
            raise NotReached("it took too long") from late
        finally:
            await self._to.aclose()
        if isinstance(wrong, JoseError | OAuthError):
            # The codes alone: a description may name somebody, and what is said here goes into a log.
            raise NotBelieved(
                " ".join(str(said) for said in (wrong.error, getattr(wrong, "claim", "")) if said)
            ) from wrong
        if isinstance(wrong, httpx2.HTTPError | httpx2.InvalidURL | ValueError):
            raise NotReached(type(wrong).__name__) from wrong

    async def _there(self, request: httpx2.Request) -> None:
        if _origin(str(request.url)) != self._origin:
            raise NotReached("it wants us to ask elsewhere")

    async def _plain(self, response: httpx2.Response) -> None:
        if 300 <= response.status_code < 400:
            raise NotReached("it wants us to ask elsewhere")


def _object(answer: httpx2.Response) -> dict[str, Any]:
    """The JSON object of an answer. Raises httpx2.HTTPError, ValueError."""
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _name(claims: dict[str, Any]) -> str | None:
    told = [claims.get(claim) for claim in ("name", "preferred_username", "email")]
    return next((one.strip() for one in told if isinstance(one, str) and one.strip()), None)


def _groups(told: object) -> frozenset[str]:
    """A list of names; one alone may come as itself."""
    listed = told if isinstance(told, list) else [told]
    return frozenset(one for one in listed if isinstance(one, str))
