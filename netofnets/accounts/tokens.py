"""Checking an id token (OpenID Connect Core 1.0, section 3.1.3.7): who signed it, for whom, for which sign-in, when."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from netofnets.errors import ProviderAway, SignInRefused

__all__ = ["ALGORITHMS", "OtherKeys", "key_set", "read_id_token"]

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""How a token may be signed: by a private key of the provider's. Never ``none``, never with a secret we hold too."""

_LEEWAY = 60  # seconds by which the clocks may differ
_OLDEST = 10 * 60  # seconds since a token was issued: it is fetched at once
_LONGEST_SUBJECT = 255  # characters, by the specification
_RSA_BYTES = 256  # of a modulus: 2048 bits


class OtherKeys(SignInRefused):
    """The token is signed by none of the keys that we have; the provider may have changed them."""


def key_set(published: Mapping[str, object]) -> KeySet:
    """The keys of a provider that sign, out of what it publishes; :class:`ProviderAway` when there is none."""
    listed = published.get("keys")
    keys = [one for one in listed if isinstance(one, dict) and _signs(one)] if isinstance(listed, list) else []
    found = []
    for key in keys:
        try:
            found += KeySet.import_key_set({"keys": [key]}).keys
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            continue  # a key of a kind that we do not know signs nothing for us
    if not found:
        raise ProviderAway("", why="the provider publishes no key that could sign a token")
    return KeySet(found)


def read_id_token(
    token: object, keys: KeySet, *, issuer: str, client_id: str, nonce: str, access_token: str, now: int
) -> Mapping[str, object]:
    """What an id token says, when all of it holds at ``now`` (seconds since 1970).

    Raises :class:`OtherKeys` for a signature by no key of ``keys``, else :class:`SignInRefused` that says what is
    wrong; neither message holds anything of the token.
    """
    if not isinstance(token, str):
        raise SignInRefused("", why="there is no id token")
    options = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client_id},
        **{claim: {"essential": True} for claim in ("sub", "exp", "iat", "nonce")},
    }
    expected = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
    try:
        read = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        claims = CodeIDToken(read.claims, read.header, options, expected)
        claims.validate(now=now, leeway=_LEEWAY)
        if not now - _OLDEST - _LEEWAY <= claims["iat"]:
            raise ValueError("it was issued too long ago")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
            raise ValueError("it names nobody")
    except (BadSignatureError, InvalidKeyIdError) as error:
        raise OtherKeys("", why="the id token: it is signed by no key that the provider publishes") from error
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SignInRefused("", why=f"the id token: {error}") from error
    return dict(claims)


def _signs(key: Mapping[str, object]) -> bool:
    if key.get("use", "sig") != "sig" or key.get("kty") not in ("RSA", "EC"):
        return False
    return key["kty"] == "EC" or _bytes_of(key.get("n")) >= _RSA_BYTES


def _bytes_of(number: object) -> int:
    """How many bytes a number in a key has."""
    try:
        text = str(number)
        return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).lstrip(b"\0"))
    except ValueError:
        return 0
