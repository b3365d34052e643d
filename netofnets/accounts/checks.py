"""What the settings of a shared map must hold, each read by one function that says what is wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from netofnets.accounts.keys import read_secret
from netofnets.accounts.links import LONGEST
from netofnets.accounts.loopback import is_loopback
from netofnets.accounts.mail import SECURITY
from netofnets.accounts.model import read_address
from netofnets.accounts.store_reach import store_address, store_file, store_password
from netofnets.errors import AccountError, SettingsError
from netofnets.settings import Settings

__all__ = [
    "WAYS",
    "Networks",
    "client_secret",
    "domains",
    "faults",
    "invitation_days",
    "issuer",
    "providers",
    "proxies",
    "public_url",
    "rates",
    "secret",
    "ways",
]

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")

Networks = tuple[IPv4Network | IPv6Network, ...]

WAYS = ("mail", "password", "oidc")
"""The ways to sign in."""


def faults(settings: Settings) -> list[str]:
    """Everything that a shared map lacks or has wrong in its settings, a sentence each."""
    found = []
    checks: tuple[Callable[[Settings], object], ...] = (
        secret, public_url, _hosts, ways, _mail_server, _mail_from, *_PROVIDER, proxies, rates, invitation_days,
        _viewer, store_address, store_password, store_file,
    )  # fmt: skip
    for check in checks:
        try:
            check(settings)
        except SettingsError as error:
            found.append(str(error))
    return found


def secret(settings: Settings) -> bytes:
    """The secret, from the environment or from a file that only its owner can read."""
    if settings["secret"]:
        return read_secret(settings["secret"])
    path = Path(settings["secret_file"] or settings.home / "secret").expanduser()
    try:
        return read_secret(_private_text(path))
    except FileNotFoundError:
        raise SettingsError(
            f"no secret: set NETOFNETS_SECRET, or write one into {path} (openssl rand -hex 32) with the mode 600"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a secret: {type(error).__name__}") from None


def public_url(settings: Settings) -> str:
    """The origin that people open, without a slash at its end."""
    given = settings["public_url"]
    try:
        parts = urlsplit(given)
        whole = parts.port is None or parts.port > 0
    except ValueError:
        whole = False
    if not whole or parts.scheme != "https" or not parts.hostname or parts.username or parts.path.strip("/"):
        raise SettingsError(
            f"public_url must be the https address that people open, such as https://map.school.example, not {given!r}"
        )
    if parts.query or parts.fragment:
        raise SettingsError(f"public_url must end with the host or its port, not with a query: {given!r}")
    return f"https://{parts.netloc.lower()}"


def ways(settings: Settings) -> tuple[str, ...]:
    """The ways to sign in, in one order."""
    given = settings.listed("sign_in")
    if not given or not set(given) <= set(WAYS):
        raise SettingsError(f"sign_in must name one or more ways to sign in: {', '.join(WAYS)}")
    return tuple(way for way in WAYS if way in given)


def proxies(settings: Settings) -> Networks:
    """The networks of the proxies that are believed."""
    try:
        return tuple(ip_network(one) for one in settings.listed("trusted_proxies"))
    except ValueError as error:
        raise SettingsError(f"trusted_proxies must hold addresses or networks such as 127.0.0.1: {error}") from None


def rates(settings: Settings) -> tuple[int, int]:
    """Pages a second that an account, and that a client address, may ask for; 0: any number."""
    found = settings.integer("account_rate"), settings.integer("client_rate")
    if not all(0 <= rate <= 10_000 for rate in found):
        raise SettingsError("account_rate and client_rate must be 0 (no limit) to 10000 pages a second")
    return found


def invitation_days(settings: Settings) -> int:
    """How many days an invitation works."""
    days = settings.integer("invitation_days")
    if not 1 <= days <= LONGEST:
        raise SettingsError(f"invitation_days must be 1 to {LONGEST}, not {days}")
    return days


_OF_PROVIDER = (
    "oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_client_secret_file", "oidc_domains", "oidc_label",
)  # fmt: skip


def providers(settings: Settings) -> tuple[Settings, ...]:
    """The settings of each OpenID provider, as if there were no other; the first to the last as they are named."""
    count = len(_parts(settings, "oidc_issuer"))
    if count == 1:
        return (settings,)  # what stands in it is taken as it is: a secret may hold any character
    parts = {name: _parts(settings, name) for name in _OF_PROVIDER}
    wrong = [name for name, told in parts.items() if len(told) != count and any(told)]
    if wrong:
        raise SettingsError(f"oidc_issuer names {count} providers, and so must {', '.join(wrong)}, separated by |")
    if len(set(parts["oidc_label"])) < count or len(set(parts["oidc_issuer"])) < count:
        raise SettingsError("oidc_issuer and oidc_label must be different for each provider: each has a button")
    every = {name: told if any(told) else [""] * count for name, told in parts.items()}
    return tuple(settings.having(**{name: told[at] for name, told in every.items()}) for at in range(count))


def _parts(settings: Settings, name: str) -> list[str]:
    return [part.strip() for part in settings[name].split("|")]


def issuer(settings: Settings) -> str:
    """The issuer of the OpenID provider: https, or http at the number of this machine."""
    given = settings["oidc_issuer"]
    try:
        parts = urlsplit(given)
        whole = bool(parts.hostname) and (parts.port is None or parts.port > 0) and not parts.username
    except ValueError:
        whole = False
    here = whole and parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not whole or not (parts.scheme == "https" or here) or parts.query or parts.fragment:
        raise SettingsError(
            "signing in by oidc needs oidc_issuer, the https address by which the provider calls itself, such as "
            f"https://login.school.example, not {given!r}"
        )
    return given


def client_secret(settings: Settings) -> str:
    """The secret that the provider gave this map, from the environment or from a file that only its owner can read."""
    if settings["oidc_client_secret"]:
        return settings["oidc_client_secret"]
    if not settings["oidc_client_secret_file"]:
        raise SettingsError("signing in by oidc needs oidc_client_secret or oidc_client_secret_file")
    path = Path(settings["oidc_client_secret_file"]).expanduser()
    try:
        found = _private_text(path).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a secret: {type(error).__name__}") from None
    if not found:
        raise SettingsError(f"{path} holds no secret; write into it what the provider gave for this map")
    return found


def domains(settings: Settings) -> tuple[str, ...]:
    """The domains whose addresses the provider gives out itself, in small letters."""
    found = tuple(name.lower() for name in settings.listed("oidc_domains"))
    if strange := [name for name in found if not _DOMAIN.fullmatch(name)]:
        raise SettingsError(f"oidc_domains must hold domains such as school.example, not {', '.join(strange)}")
    return found


def _private_text(path: Path) -> str:
    if os.name != "nt" and path.stat().st_mode & 0o077:
        raise SettingsError(f"{path} can be read by others than its owner: chmod 600 {path}, and make a new secret")
    return path.read_text(encoding="ascii")


def _client_id(settings: Settings) -> None:
    if not settings["oidc_client_id"]:
        raise SettingsError("signing in by oidc needs oidc_client_id, by which the provider knows this map")


def _label(settings: Settings) -> None:
    label = settings["oidc_label"]
    if not label.isprintable() or not 0 < len(label.strip()) <= 60:
        raise SettingsError("oidc_label must be a few words in one line, such as: your Springfield account")


def _where_oidc(check: Callable[[Settings], object]) -> Callable[[Settings], None]:
    def checked(settings: Settings) -> None:
        if "oidc" in settings.listed("sign_in"):
            for one in providers(settings):
                check(one)

    return checked


_PROVIDER = tuple(_where_oidc(check) for check in (issuer, _client_id, client_secret, domains, _label))


def _hosts(settings: Settings) -> None:
    host = urlsplit(settings["public_url"]).hostname if "://" in settings["public_url"] else None
    if host not in {name.lower() for name in settings.listed("trusted_hosts")}:
        raise SettingsError(f"trusted_hosts must name the host of public_url{f': {host}' if host else ''}")


def _mail_server(settings: Settings) -> None:
    if "mail" in settings.listed("sign_in") and not settings["smtp_host"]:
        raise SettingsError("signing in by mail needs smtp_host, the server that takes our mail")
    if settings["smtp_security"] not in SECURITY:
        raise SettingsError(f"smtp_security must be one of {', '.join(SECURITY)}")
    if not 1 <= settings.integer("smtp_port") <= 65535:
        raise SettingsError(f"smtp_port must be a port, not {settings['smtp_port']}")
    here = settings["smtp_host"] in ("", "localhost") or is_loopback(settings["smtp_host"])
    if settings["smtp_security"] == "none" and not here:
        raise SettingsError(
            "smtp_security none is for a mail server on this machine only: links would travel in the open"
        )


def _mail_from(settings: Settings) -> None:
    if settings["smtp_host"]:
        try:
            read_address(settings["mail_from"])
        except AccountError:
            raise SettingsError("mail_from must be the address that our mail comes from") from None


def _viewer(settings: Settings) -> None:
    if settings["viewer"]:
        raise SettingsError("viewer must be empty in shared mode: who looks is whoever signed in")
