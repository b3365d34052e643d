"""An OpenID provider that says what it is told to say: a real server with real keys, for what no honest one does."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

__all__ = ["CLIENT", "SECRET", "Hostile", "bare", "hostile_provider"]

CLIENT, SECRET = "the-map", "made up / with + and %"
ADA = {"sub": "ada-1", "email": "Ada@X.example", "email_verified": True}


class Hostile:
    """A provider on ``issuer``; it answers as it should until a test changes one of its parts."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})
        self.restore()

    def restore(self) -> None:
        """Be honest again."""
        self.person: dict[str, Any] = dict(ADA)
        self.claims: dict[str, Any] = {}  # put over those of the token; None takes one away
        self.now: Callable[[], float] = time.time
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.takes_codes_again = False
        self.in_token = True  # whether the address stands in the token, or in what is told of the user
        self.answers: dict[str, Callable[[], tuple[int, dict[str, str], bytes | Iterator[bytes]]]] = {}
        self.about: dict[str, Any] = {}
        self.asked: list[str] = []
        self.posted: list[dict[str, str]] = []
        self.granted: dict[str, dict[str, str]] = {}

    def signed(self, claims: dict[str, Any], key: RSAKey | ECKey | None = None, **header: Any) -> str:
        """A token with these claims, signed by a key of this provider unless another is given."""
        return jwt.encode(
            {"alg": "RS256", "kid": "first", **header}, claims, key or self.key, [header.get("alg", "RS256")]
        )

    def discovery(self) -> dict[str, Any]:
        """What the provider publishes."""
        paths = {"authorization_endpoint": "/auth", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {
            "issuer": self.issuer,
            **{name: self.issuer + path for name, path in paths.items()},
            "userinfo_endpoint": self.issuer + "/me",
            "code_challenge_methods_supported": ["S256"],
            **self.about,
        }

    def lead_back(self, address: str, **more: str) -> str:
        """Where the provider leads a browser that was sent to ``address`` and has signed in there."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(16)
        self.granted[code] = asked
        return f"{asked['redirect_uri']}?" + urlencode({"code": code, "state": asked["state"], **more})

    def redeem(self, given: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The answer to a code: only to who asked for it, with the verifier of its challenge."""
        asked = (
            self.granted.get(given.get("code", "")) if self.takes_codes_again else self.granted.pop(given["code"], None)
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        if asked is None or asked["code_challenge"] != challenge.rstrip(b"=").decode():
            return 400, {"error": "invalid_grant"}
        person = self.person if self.in_token else {"sub": self.person["sub"]}
        now = int(self.now())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **person}
        token = self.sign({name: value for name, value in {**claims, **self.claims}.items() if value is not None})
        return 200, {"access_token": "opens-me", "token_type": "Bearer", "expires_in": 300, "id_token": token}


def bare(claims: dict[str, Any], header: dict[str, Any]) -> str:
    """A token that nobody signed."""
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in (header, claims)) + "."
    )


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        path, provider = urlsplit(self.path).path, self.server.provider
        pages: dict[str, Callable[[], Any]] = {
            "/.well-known/openid-configuration": provider.discovery,
            "/keys": lambda: {"keys": [provider.key.as_dict(private=False)]},
            "/me": lambda: provider.person if self.headers["Authorization"] == "Bearer opens-me" else {},
        }
        self._answer(path, lambda: (200, pages[path]()))

    def do_POST(self) -> None:
        provider, body = self.server.provider, self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        provider.posted.append({**given, "Authorization": self.headers.get("Authorization", "")})
        self._answer(self.path, lambda: provider.redeem(given))

    def _answer(self, path: str, usual: Callable[[], tuple[int, Any]]) -> None:
        provider = self.server.provider
        provider.asked.append(path)
        if path in provider.answers:
            status, headers, body = provider.answers[path]()
        else:
            status, found = usual()
            headers, body = {"Content-Type": "application/json"}, json.dumps(found).encode()
        self.send_response(status)
        length = {"Content-Length": str(len(body))} if isinstance(body, bytes) else {}
        for name, value in {**length, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in [body] if isinstance(body, bytes) else body:
            self.wfile.write(piece)

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    provider: Hostile

    def handle_error(self, *_: Any) -> None:
        """Whoever hangs up on a long answer does so on purpose."""


@contextmanager
def hostile_provider() -> Iterator[Hostile]:
    """The provider on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.provider = Hostile(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
