"""An OpenID provider on loopback: discovery, keys, tokens, who somebody is. It says what OpenID Connect Core 1.0 has it say, or what a
test spoils. Its page, where people would log in, is `person_at`, and for a real browser `page`; `python -m tests.server.login.provider`
says where it is and answers until its input ends."""

import base64
import hashlib
import html
import json
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "moedesteder", "not-told-to-anybody"
PEOPLE = {"ane": ["redaktører"], "bo": ["kantinen"]}
"""Who may be chosen on its page, and their groups."""
Spoil = Callable[[dict[str, Any]], None]


@dataclass
class Code:
    """A code that is out, and the login that it is of."""

    asked: dict[str, str]
    claims: dict[str, Any]


@dataclass
class Provider:
    """`key` signs, `known` are the keys that are told. `spoil` changes an ID token's claims, `itself` what discovery tells. `paths`: what
    was asked for, in order. `speaks`: whether it answers now."""

    issuer: str
    key: RSAKey
    known: list[RSAKey]
    alg: str = "RS256"
    spoil: Spoil = lambda claims: None
    itself: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    access: dict[str, dict[str, Any]] = field(default_factory=dict)
    speaks: threading.Event = field(default_factory=threading.Event)

    def new_key(self) -> None:
        """From now on it signs with another key, and tells that one alone."""
        self.key = RSAKey.generate_key(2048, parameters={"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})
        self.known = [self.key]

    def person_at(self, url: str, sub: str = "ane", **claims: Any) -> dict[str, str]:
        """Somebody logs in on its page: what it sends the browser back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        now = int(time.time())
        told = {"sub": sub, "name": sub.title(), "groups": ["redaktører"], "auth_time": now} | claims
        self.codes[code] = Code(asked, told)
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def page(self, url: str) -> tuple[int, dict[str, str], bytes]:
        """(status, headers, body): a page of those who may log in, each a link that leads back by a redirect."""
        asked = parse_qs(urlsplit(url).query)
        if urlsplit(url).path == "/authorize":
            links = [
                f'<p><a href="/as?{html.escape(urlsplit(url).query)}&amp;sub={sub}">{sub}</a></p>' for sub in PEOPLE
            ]
            return 200, {"content-type": "text/html; charset=utf-8"}, f"<h1>Kommunen</h1>{''.join(links)}".encode()
        sub = asked["sub"][0]
        told = self.person_at(url, sub, groups=PEOPLE[sub])
        return 302, {"location": f"{asked['redirect_uri'][0]}?{urlencode(told)}"}, b""

    def answer(self, path: str, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """(status, JSON) of a question."""
        self.paths.append(path)
        match path:
            case "/.well-known/openid-configuration":
                there = {"authorization": "/authorize", "token": "/token", "userinfo": "/userinfo"}
                told = {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}
                told |= {f"{name}_endpoint": f"{self.issuer}{at}" for name, at in there.items()}
                return 200, told | {"authorization_response_iss_parameter_supported": True} | self.itself
            case "/keys":
                return 200, {"keys": [key.as_dict(private=False) for key in self.known] + [{"kty": "unheard-of"}]}
            case "/token":
                return self._token(form, authorization)
            case "/userinfo":
                found = self.access.get(authorization.removeprefix("Bearer "))
                return (401, {"error": "invalid_token"}) if found is None else (200, found | self.more)
        return 404, {"error": "not_found"}

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        if authorization != "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode():
            return 401, {"error": "invalid_client"}
        code = self.codes.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            code is None
            or code.asked["redirect_uri"] != form.get("redirect_uri")
            or code.asked["code_challenge"] != base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        ):
            return 400, {"error": "invalid_grant"}
        access, now = secrets.token_urlsafe(16), int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": code.asked["nonce"],
            **code.claims,
        }
        self.access[access] = {"sub": claims["sub"]}
        self.spoil(claims)
        return 200, {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": self._signed(claims),
        }

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.alg == "none":
            head, body = ({"alg": "none", "typ": "JWT"}, claims)
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in (head, body))
                + "."
            )
        return jwt.encode({"alg": self.alg, "kid": self.key.kid}, claims, self.key, algorithms=[self.alg])


def back(told: dict[str, str]) -> str:
    """The address that the browser is sent back to."""
    return f"/login/oidc?{urlencode(told)}"


@contextmanager
def running() -> Iterator[Provider]:
    """One that answers until the test is over."""
    provider = Provider("", RSAKey.generate_key(2048), [])
    provider.new_key()
    provider.speaks.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(raw).items()})

        def _answer(self, form: dict[str, str]) -> None:
            provider.speaks.wait(30)
            path = urlsplit(self.path).path
            if path in ("/authorize", "/as"):
                status, headers, body = provider.page(self.path)
            elif path in provider.answers:
                provider.paths.append(path)
                status, headers, body = provider.answers[path]
            else:
                status, told = provider.answer(path, form, self.headers.get("authorization", ""))
                headers, body = {"content-type": "application/json"}, json.dumps(told).encode()
            self.send_response(status)
            with suppress(OSError):  # who asked waits no longer
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.speaks.set()
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    with running() as here:
        print(here.issuer, flush=True)
        sys.stdin.read()
