"""The gate of a shared map: everything that signing in takes, or a refusal that names all that is missing."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from netofnets.accounts import checks
from netofnets.accounts.audit import Audit
from netofnets.accounts.begun import Begun
from netofnets.accounts.bindings import Bindings
from netofnets.accounts.blocks import Blocks
from netofnets.accounts.contact_reads import ContactReads
from netofnets.accounts.database import FILE, Clock, Database, system_clock
from netofnets.accounts.keys import Keys
from netofnets.accounts.links import Links
from netofnets.accounts.mail import Mailer, mailer_of
from netofnets.accounts.passwords import Passwords
from netofnets.accounts.reports import Reports
from netofnets.accounts.roll import Roll
from netofnets.accounts.sessions import Sessions
from netofnets.accounts.terms import Acceptances
from netofnets.accounts.tries import Tries
from netofnets.errors import SettingsError
from netofnets.settings import Settings

if TYPE_CHECKING:
    from netofnets.accounts.provider import Provider

__all__ = ["RETURN", "Accounts", "Gate", "accounts_of", "open_accounts", "open_gate", "return_path", "way_by"]


RETURN = "/sign-in/oidc/return"
"""The path that the first OpenID provider leads back to."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The list of accounts and the audit: what needs no secret."""

    database: Database
    audit: Audit
    roll: Roll
    bindings: Bindings
    terms: Acceptances
    blocks: Blocks
    reports: Reports


@dataclass(frozen=True, slots=True)
class Gate:
    """What a shared map lets people in by."""

    public_url: str  # origin, without a slash at its end
    ways: tuple[str, ...]
    invitation_days: int
    roll: Roll
    audit: Audit
    contact_reads: ContactReads
    sessions: Sessions
    links: Links
    tries: Tries
    mailer: Mailer | None
    bindings: Bindings
    begun: Begun
    terms: Acceptances
    blocks: Blocks
    reports: Reports
    providers: tuple[Provider, ...]

    @property
    def host(self) -> str:
        """The host that people open, with its port if it has one of its own."""
        return urlsplit(self.public_url).netloc

    def provider_by(self, way: str) -> Provider | None:
        """The provider that somebody signed in by, from the way of the session."""
        return next((one for at, one in enumerate(self.providers, 1) if way == way_by(at)), None)

    def link(self, key: str) -> str:
        """The whole address of a link that lets somebody in."""
        return f"{self.public_url}/sign-in/link?key={key}"


def open_accounts(home: Path, clock: Clock = system_clock, passwords: Passwords | None = None) -> Accounts:
    """The accounts of a home; the file is made when there is none."""
    database = Database(home / FILE, clock)
    audit = Audit(database)
    roll = Roll(database, audit, passwords or Passwords())
    own = Acceptances(database, audit), Blocks(database), Reports(database, audit)
    return Accounts(database, audit, roll, Bindings(database, audit), *own)


def accounts_of(home: Path) -> Accounts | None:
    """The accounts of a home that has some; None where nobody ever signed in, as on a laptop."""
    return open_accounts(home) if (home / FILE).is_file() else None


def open_gate(
    settings: Settings, clock: Clock = system_clock, *, serving: bool = True, passwords: Passwords | None = None
) -> Gate:
    """The gate that the settings describe.

    Raises :class:`SettingsError` that names everything that is missing or wrong, all at once. An owner is needed
    only for ``serving``: the first one has to be invited from the command line.
    """
    faults = checks.faults(settings)
    accounts = open_accounts(settings.home, clock, passwords)
    if serving and not accounts.roll.owners():
        faults.append("there is no owner: netofnets account add ADDRESS --role owner")
    if faults:
        raise SettingsError("a shared map cannot do this yet:\n" + "\n".join(f"- {fault}" for fault in faults))
    database, keys = accounts.database, Keys(checks.secret(settings))
    return Gate(
        public_url=checks.public_url(settings),
        ways=checks.ways(settings),
        invitation_days=checks.invitation_days(settings),
        roll=accounts.roll,
        audit=accounts.audit,
        contact_reads=ContactReads(database, accounts.audit),
        sessions=Sessions(database, keys),
        links=Links(database, keys),
        tries=Tries(database, keys),
        mailer=mailer_of(settings),
        bindings=accounts.bindings,
        begun=Begun(database, keys),
        terms=accounts.terms,
        blocks=accounts.blocks,
        reports=accounts.reports,
        providers=_providers(settings) if "oidc" in settings.listed("sign_in") else (),
    )


def way_by(number: int) -> str:
    """What sessions by a provider are called."""
    return "oidc" if number == 1 else f"oidc {number}"


def return_path(number: int) -> str:
    """The path that a provider leads back to: each has its own, so that none can pass off the code of another."""
    return RETURN if number == 1 else f"/sign-in/oidc/{number}/return"


def _providers(settings: Settings) -> tuple[Provider, ...]:
    from netofnets.accounts.provider import AT_ONCE, Client, Provider  # its libraries are loaded where needed only

    turns = threading.BoundedSemaphore(AT_ONCE)
    return tuple(
        Provider(
            Client(
                issuer=checks.issuer(one),
                client_id=one["oidc_client_id"],
                secret=checks.client_secret(one),
                label=one["oidc_label"].strip(),
                redirect=checks.public_url(settings) + return_path(number),
                domains=checks.domains(one),
            ),
            turns=turns,
        )
        for number, one in enumerate(checks.providers(settings), 1)
    )
