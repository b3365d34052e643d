"""Asking an OpenID provider over the network, within limits: by https, with no detour, briefly, and not for much."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from authlib.integrations.requests_client import OAuth2Session
from requests import PreparedRequest, RequestException, Response
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from netofnets.accounts.loopback import is_loopback
from netofnets.errors import ProviderAway

__all__ = ["Careful", "may_be_asked", "read_json", "told"]

_LONGEST = 256 * 1024  # bytes of an answer; real ones have a few thousand
_PATIENCE = 5.0  # seconds for a connection, and between two pieces of an answer
_WHOLE = 10.0  # seconds for an answer
_PIECE = 16 * 1024


class Careful(HTTPAdapter):
    """What every request to a provider goes through. ``on_loopback``: the issuer itself is at http on this machine."""

    def __init__(self, on_loopback: bool) -> None:
        super().__init__()
        self._on_loopback = on_loopback

    def send(self, request: PreparedRequest, *arguments: object, **more: object) -> Response:
        """Send a request; :class:`requests.RequestException` for whatever goes past a limit."""
        if not may_be_asked(request.url or "", on_loopback=self._on_loopback):
            raise RequestException("the provider names an address that is not https")
        answer: Response = super().send(request, **{**more, "stream": True, "timeout": _PATIENCE})  # type: ignore[arg-type]
        try:
            if 300 <= answer.status_code < 400:
                raise RequestException("the provider sent us to another address")
            answer._content = b"".join(_pieces(answer))
        finally:
            answer.close()
        return answer


def may_be_asked(address: object, *, on_loopback: bool) -> bool:
    """Whether an address of a provider is https, or plain http on this machine where that is allowed."""
    try:
        parts = urlsplit(address) if isinstance(address, str) else None
        if parts is None or not parts.hostname or parts.username or parts.fragment or (parts.port or 1) < 1:
            return False
    except ValueError:
        return False
    return parts.scheme == "https" or (on_loopback and parts.scheme == "http" and is_loopback(parts.hostname))


def read_json(session: OAuth2Session, address: str, *, as_bearer: bool = False) -> Mapping[str, object]:
    """The JSON object at an address of the provider's; with the session's access token when ``as_bearer``.

    Raises :class:`ProviderAway` when there is none.
    """
    try:
        answer = session.get(address, withhold_token=not as_bearer, headers={"Accept": "application/json"})
        if answer.status_code != 200:
            raise RequestException(f"status {answer.status_code}")
        found = json.loads(answer.content)
    except (RequestException, ValueError, RecursionError) as error:
        raise ProviderAway("", why=f"{urlsplit(address).path} of the provider: {told(error)}") from error
    if not isinstance(found, dict):
        raise ProviderAway("", why=f"{urlsplit(address).path} of the provider is no JSON object")
    return found


def told(error: Exception) -> str:
    """What went wrong, in a few words that hold no code and no token."""
    return str(error) if type(error) is RequestException else type(error).__name__


def _pieces(answer: Response) -> Iterator[bytes]:
    size, end = 0, time.monotonic() + _WHOLE
    try:
        while piece := answer.raw.read1(_PIECE, decode_content=True):  # what is there, not until the piece is full
            size += len(piece)
            if size > _LONGEST:
                raise RequestException(f"the provider's answer has more than {_LONGEST} bytes")
            if time.monotonic() > end:
                raise RequestException(f"the provider's answer takes more than {_WHOLE:.0f} seconds")
            yield piece
    except HTTPError as error:
        raise RequestException("the provider's answer broke off") from error
