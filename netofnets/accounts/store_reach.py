"""How the store of a shared map is reached: encrypted on the way, with a password that is nobody's default."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from netofnets.accounts.loopback import is_loopback
from netofnets.errors import SettingsError
from netofnets.settings import Settings
from netofnets.store import refuse_credentials

__all__ = ["store_address", "store_file", "store_password"]

_SHORTEST = 8  # what a Neo4j server asks for by itself
_KNOWN = frozenset({"neo4j", "password", "netofnets", "changeme", "change-me", "choose one", "12345678", "secret"})
_ENCRYPTED = ("neo4j+s", "bolt+s")
_ANY_CERTIFICATE = ("neo4j+ssc", "bolt+ssc")
_NEO4J = ("neo4j", "bolt", *_ENCRYPTED, *_ANY_CERTIFICATE)


def store_address(settings: Settings) -> None:
    """:class:`SettingsError` for a store that keeps nothing, is none, or is reached in the open."""
    refuse_credentials(settings.store)
    scheme = _scheme(settings)
    if scheme == "memory":
        raise SettingsError("store memory: keeps nothing when the program ends; name sqlite:PATH or neo4j+s://HOST")
    if scheme not in (*_NEO4J, "sqlite"):
        raise SettingsError(f"store must be sqlite:PATH or neo4j+s://HOST, not {settings.store!r}")
    if scheme in ("sqlite", *_ENCRYPTED) or _stays_here(settings):
        return
    if scheme in _ANY_CERTIFICATE:
        raise SettingsError(
            f"store {settings.store} believes any certificate, so anybody on the way could be the server; "
            f"write {scheme.removesuffix('sc')}:// and give the server a certificate that this machine knows"
        )
    raise SettingsError(
        f"store {settings.store} is another machine, reached without encryption: people's data and the password would "
        f"travel in the open; write {scheme}+s://, or name the host in private_hosts if the way to it is this machine's"
    )


def store_password(settings: Settings) -> None:
    """:class:`SettingsError` when the Neo4j server is opened by a password that is missing or easy to guess."""
    if _scheme(settings) not in _NEO4J:
        return
    if not settings["neo4j_password"]:
        raise SettingsError("neo4j_password is missing: set NETOFNETS_NEO4J_PASSWORD to that of the Neo4j server")
    pairs = [("neo4j_user", "neo4j_password"), ("neo4j_reading_user", "neo4j_reading_password")]
    weak = [name for user, name in pairs if settings[name] and _is_weak(settings[name], settings[user])]
    if weak:
        raise SettingsError(
            f"{' and '.join(weak)} must be a password of your own, not a default, the user's name or fewer than "
            f"{_SHORTEST} characters; change it at the server, too"
        )


def store_file(settings: Settings) -> None:
    """:class:`SettingsError` when the file of the store, where there is one, can be read by others than its owner."""
    if _scheme(settings) != "sqlite" or os.name == "nt":
        return
    path = Path(settings.store.removeprefix("sqlite:")).expanduser()
    try:
        others = path.stat().st_mode & 0o077
    except OSError:
        return  # none yet: it is made for its owner alone; opening it says what else is wrong
    if others:
        raise SettingsError(f"{path} holds the data of people and can be read by others than its owner: chmod 600 it")


def _is_weak(password: str, user: str) -> bool:
    return len(password) < _SHORTEST or password.casefold() in _KNOWN | {user.casefold()}


def _scheme(settings: Settings) -> str:
    return settings.store.partition(":")[0].casefold()


def _stays_here(settings: Settings) -> bool:
    """Whether the way to the server does not leave this machine, by its number or because the settings say so."""
    try:
        host = urlsplit(settings.store).hostname or ""
    except ValueError:
        return False
    private = {name.casefold() for name in settings.listed("private_hosts")}
    return host == "localhost" or is_loopback(host) or host in private
