"""What an OpenID provider publishes about itself (OpenID Connect Discovery 1.0): asked for when needed, then kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from authlib.integrations.requests_client import OAuth2Session
from joserfc.jwk import KeySet

from netofnets.accounts.asking import may_be_asked, read_json
from netofnets.accounts.tokens import key_set
from netofnets.errors import ProviderAway

__all__ = ["Published"]

_KEPT = 3600  # seconds that it is used without asking again
_NEW_KEYS = 60  # seconds between two looks for new keys, however many tokens come that none of ours has signed
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Published:
    """Endpoints and keys of one issuer. All its methods raise :class:`ProviderAway` when the provider has none."""

    def __init__(self, issuer: str, *, on_loopback: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._issuer = issuer
        self._on_loopback = on_loopback
        self._clock = clock
        self._facts: tuple[float, Mapping[str, object]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def facts(self, session: OAuth2Session) -> Mapping[str, object]:
        """Its endpoints and what it can do; no other address of a provider is ever asked."""
        if self._facts is None or self._clock() - self._facts[0] >= _KEPT:
            address = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
            self._facts = (self._clock(), self._checked(read_json(session, address)))
        return self._facts[1]

    def keys(self, session: OAuth2Session, *, newer: bool = False) -> KeySet:
        """The keys that it signs by; ``newer``: those of the last minute, since it may have changed them."""
        if self._keys is None or self._clock() - self._keys[0] >= (_NEW_KEYS if newer else _KEPT):
            found = read_json(session, str(self.facts(session)["jwks_uri"]))
            self._keys = (self._clock(), key_set(found))
        return self._keys[1]

    def _checked(self, facts: Mapping[str, object]) -> Mapping[str, object]:
        if facts.get("issuer") != self._issuer:
            raise ProviderAway("", why="the provider calls itself by another issuer than oidc_issuer, to the letter")
        more = ("userinfo_endpoint",) if facts.get("userinfo_endpoint") else ()
        for name in (*_ENDPOINTS, *more):
            if not may_be_asked(facts.get(name), on_loopback=self._on_loopback):
                raise ProviderAway("", why=f"the provider's {name} is no https address")
        methods = facts.get("code_challenge_methods_supported")
        if isinstance(methods, list) and "S256" not in methods:
            raise ProviderAway("", why="the provider does not take PKCE with S256")
        return facts
