"""An OpenID provider (a district's or a university's) that people sign in at: authorization code flow with PKCE."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote_plus, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException
from requests.auth import HTTPBasicAuth

from netofnets.accounts.asking import Careful, read_json, told
from netofnets.accounts.begun import Attempt
from netofnets.accounts.bindings import Person, vouched_address
from netofnets.accounts.published import Published
from netofnets.accounts.tokens import OtherKeys, read_id_token
from netofnets.errors import ProviderAway, SignInRefused, TooManyTries
from netofnets.language import say

__all__ = ["AT_ONCE", "Client", "Provider"]

_AWAY = 10  # seconds that a provider which did not answer is not asked again
AT_ONCE = 3
"""Conversations; eight requests are answered at a time, and the others of them are for the map."""
_TURN = 2.0  # seconds that somebody waits for a turn
_LONGEST_CODE = 4096
_NOT_TRUE = say("what its provider sent does not hold, so nobody was signed in. Begin again")


@dataclass(frozen=True, slots=True)
class Client:
    """What this map is to its provider."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    label: str  # what people call the provider
    redirect: str  # the address that the provider leads back to
    domains: tuple[str, ...] = ()  # of the addresses that the provider gives out itself


class Provider:
    """One provider. Every refusal is a :class:`SignInRefused`: a sentence for whoever signs in, the reason for the log.

    Raises :class:`TooManyTries` when too many people are being signed in already.
    """

    def __init__(
        self,
        client: Client,
        clock: Callable[[], float] = time.monotonic,
        turns: threading.BoundedSemaphore | None = None,  # of all providers of a map together
    ) -> None:
        self.label, self.issuer = client.label, client.issuer
        self._client = client
        self._clock = clock
        self._on_loopback = urlsplit(client.issuer).scheme == "http"  # the settings allow it there only
        self._published = Published(client.issuer, on_loopback=self._on_loopback, clock=clock)
        self._turns = turns or threading.BoundedSemaphore(AT_ONCE)
        self._away_until = float("-inf")

    def begin(self, attempt: Attempt) -> str:
        """The address at the provider that a sign-in goes on at."""
        with self._conversation() as session:
            where = self._published.facts(session)["authorization_endpoint"]
            address, _ = session.create_authorization_url(
                where, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
            )
        return str(address)

    def finish(self, answer: Mapping[str, str], attempt: Attempt, now: int) -> Person:
        """Who comes back, at ``now``, with the parameters ``answer`` of the address that the provider led back to."""
        with self._conversation() as session:
            self._check_answer(answer, self._published.facts(session))
            token = self._redeemed(session, answer["code"], attempt)
            claims = self._claims(session, token, attempt, now)
            if not claims.get("email"):
                claims = self._with_user_info(session, claims)
            if not (address := vouched_address(claims, self._client.domains)):
                sentence = say("its provider does not say that it has verified an email address of yours")
                raise SignInRefused(sentence, why="unverified address")
        return Person(self._client.issuer, str(claims["sub"]), address)

    def _check_answer(self, answer: Mapping[str, str], facts: Mapping[str, object]) -> None:
        """That there is a code, and that it is this provider's: another must not pass off its own (RFC 9207)."""
        named = bool(facts.get("authorization_response_iss_parameter_supported"))
        if answer.get("iss", "" if named else self._client.issuer) != self._client.issuer:
            raise SignInRefused("", why="the answer names another issuer")
        if "error" in answer:
            said = _word(answer["error"])
            raise SignInRefused(say("its provider said: {said}", said=said), why=f"the provider said {said}")
        if not 0 < len(answer.get("code", "")) <= _LONGEST_CODE:
            raise SignInRefused("", why="the answer holds no code")

    def _redeemed(self, session: OAuth2Session, code: str, attempt: Attempt) -> Mapping[str, object]:
        facts = self._published.facts(session)
        try:
            found = session.fetch_token(
                facts["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=attempt.verifier,
                auth=self._credentials(facts),
            )
        except AuthlibBaseError as error:
            said = _word(error.error)
            sentence = say("its provider does not take the code that it gave ({said}). Begin again", said=said)
            raise SignInRefused(sentence, why=f"the provider refused the code: {said}") from error
        except (RequestException, ValueError, RecursionError) as error:
            raise ProviderAway("", why=f"the code could not be redeemed: {told(error)}") from error
        if not found or not isinstance(found, dict):
            raise ProviderAway("", why="what the provider gives for a code is no JSON object")
        return found

    def _claims(
        self, session: OAuth2Session, token: Mapping[str, object], attempt: Attempt, now: int
    ) -> Mapping[str, object]:
        expected = {
            "issuer": self._client.issuer,
            "client_id": self._client.client_id,
            "nonce": attempt.nonce,
            "access_token": str(token.get("access_token", "")),
        }
        try:
            return read_id_token(token.get("id_token"), self._published.keys(session), now=now, **expected)
        except OtherKeys:
            newer = self._published.keys(session, newer=True)
            return read_id_token(token.get("id_token"), newer, now=now, **expected)

    def _with_user_info(self, session: OAuth2Session, claims: Mapping[str, object]) -> Mapping[str, object]:
        """The claims, with the address that the provider tells apart from the token (Core 1.0, section 5.3)."""
        where = self._published.facts(session).get("userinfo_endpoint")
        if not where:
            return claims
        try:
            more = read_json(session, str(where), as_bearer=True)
        except AuthlibBaseError as error:
            raise SignInRefused("", why=f"user info: {_word(error.error)}") from error
        if more.get("sub") != claims["sub"]:
            raise SignInRefused("", why="user info is of somebody else")
        return {**claims, **{name: more.get(name) for name in ("email", "email_verified")}}

    def _credentials(self, facts: Mapping[str, object]) -> HTTPBasicAuth | None:
        """How the map shows its secret: as the specification's default, unless the provider names other ways only."""
        methods = facts.get("token_endpoint_auth_methods_supported")
        if isinstance(methods, list) and "client_secret_basic" not in methods:
            return None  # in the body, as the session is set up for
        # Both are quoted before they are joined (RFC 6749, section 2.3.1).
        return HTTPBasicAuth(quote_plus(self._client.client_id), quote_plus(self._client.secret))

    @contextmanager
    def _conversation(self) -> Iterator[OAuth2Session]:
        """A turn to speak with the provider, as long as the block; refusals in it become whole sentences."""
        if not self._turns.acquire(timeout=_TURN):
            raise TooManyTries(say("many are signing in at this moment; try again shortly"), wait=5)
        try:
            if self._clock() < self._away_until:
                raise self._away("the provider did not answer a moment ago")
            with self._session() as session:
                yield session
        except ProviderAway as error:
            if str(error):
                raise
            self._away_until = self._clock() + _AWAY
            raise self._away(error.why) from error
        except SignInRefused as error:
            told_why = error.args[0] or _NOT_TRUE
            sentence = say("Signing in with {label} came to nothing: {why}", label=self.label, why=told_why)
            raise SignInRefused(sentence, why=error.why) from error
        finally:
            self._turns.release()

    def _away(self, why: str) -> ProviderAway:
        sentence = say(
            "Signing in with {label} does not work at the moment: its provider does not answer as it should. Try again "
            "in a few minutes",
            label=self.label,
        )
        return ProviderAway(sentence, why=why)

    @contextmanager
    def _session(self) -> Iterator[OAuth2Session]:
        """A session that holds one person's tokens; they go with it."""
        session = OAuth2Session(
            self._client.client_id,
            self._client.secret,
            token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method
            scope="openid email",
            redirect_uri=self._client.redirect,
            code_challenge_method="S256",
            leeway=0,  # an access token is used at once or not at all
        )
        for scheme in ("https://", "http://"):
            session.mount(scheme, Careful(self._on_loopback))
        try:
            yield session
        finally:
            session.close()


def _word(code: object) -> str:
    """The code of an error, such as ``access_denied``, and nothing else that a provider may write there."""
    return re.sub(r"[^a-z_]", "", str(code)[:40]) or "no reason"
