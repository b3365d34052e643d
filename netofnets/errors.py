"""The errors of netofnets; each says what happened, where, and what to do.

NetOfNetsError
 +-- SettingsError            a setting is missing or not usable
 +-- SchemaError              a kind, property or value that the schema does not declare
 +-- InputError               a file (or its mapping) cannot be taken as it is
 |    +-- MappingError        the mapping file is wrong
 +-- StoreError               the store cannot do what was asked
 |    +-- StoreUnavailable    nothing answers there, or it does not let us in
 |    |    +-- StoreAway      now: its server may be starting
 |    +-- StoreBusy           another writer holds the lease
 |    +-- StoreTooNew         written by a newer netofnets
 |    +-- NotSupported        this store has no such ability
 |    +-- QueryRefused        a query that would write, or ran over its limits
 +-- EngineError              an engine is not installed, does not answer, or cannot do this
 +-- NotPublished             no published snapshot yet
 +-- SnapshotDamaged          a published folder does not match its manifest
 +-- BeingPublished           it shows somebody who has withdrawn, and is being published anew
 +-- AnswerBusy               another answer that takes long is being worked out
 +-- DayNotReady              the analyses of another day take too long for an answer
 +-- NotFound                 no such leader, network ... for this viewer
 +-- AccountError             an account cannot be made or changed like that
 |    +-- SignInRefused       what a provider answered lets nobody in
 |         +-- ProviderAway   the provider does not answer, or not as a provider does
 +-- TooManyTries             somebody tried to sign in too often, and has to wait
"""

from __future__ import annotations

__all__ = [
    "AccountError",
    "AnswerBusy",
    "BeingPublished",
    "DayNotReady",
    "EngineError",
    "InputError",
    "MappingError",
    "NetOfNetsError",
    "NotFound",
    "NotPublished",
    "NotSupported",
    "ProviderAway",
    "QueryRefused",
    "SchemaError",
    "SettingsError",
    "SignInRefused",
    "SnapshotDamaged",
    "StoreAway",
    "StoreBusy",
    "StoreError",
    "StoreTooNew",
    "StoreUnavailable",
    "TooManyTries",
]


class NetOfNetsError(Exception):
    """Any error that a person can do something about; ``exit_code`` is what the command returns."""

    exit_code = 2


class SettingsError(NetOfNetsError):
    """A setting is missing or its value cannot be used."""


class SchemaError(NetOfNetsError):
    """Something names a kind, property or value that the schema does not declare."""


class InputError(NetOfNetsError):
    """A file cannot be taken as it is; nothing of its batch is applied.

    ``on_page``: the same for whoever sees a page with buttons and no command line, where that is said otherwise.
    """

    def __init__(
        self, message: str, *, code: str = "input", file: str = "", line: int | None = None, on_page: str = ""
    ) -> None:
        super().__init__(message)
        self.on_page = on_page
        self.code = code
        self.file = file
        self.line = line


class MappingError(InputError):
    """The mapping file is wrong; the message names the table and key."""


class StoreError(NetOfNetsError):
    """The store cannot do what was asked; nothing was changed unless the message says so."""


class StoreUnavailable(StoreError):
    """Nothing answers at the store's address, or it does not let us in."""

    exit_code = 4


class StoreAway(StoreUnavailable):
    """Nothing answers at the store's address now; it may be starting."""


class StoreBusy(StoreError):
    """Another writer holds the store's lease."""


class StoreTooNew(StoreError):
    """The store was written by a newer netofnets than this one."""


class NotSupported(StoreError):
    """This kind of store has no such ability; the message says which one has."""


class QueryRefused(StoreError):
    """A raw query would have written, or ran over its time or row limit."""


class EngineError(NetOfNetsError):
    """The engine that was asked for is not installed, does not answer, or cannot do this; another one may."""

    exit_code = 4


class NotPublished(NetOfNetsError):
    """Nothing has been published in this home yet."""


class SnapshotDamaged(NetOfNetsError):
    """A published folder does not match its manifest; publish again."""


class NotFound(NetOfNetsError):
    """No such thing for this viewer; a hidden thing and a missing one say the same."""


class BeingPublished(NetOfNetsError):
    """What was asked for shows somebody who has withdrawn since, and is being published anew without them."""


class AnswerBusy(NetOfNetsError):
    """An answer that takes long has to wait until another one like it has been worked out."""


class DayNotReady(NetOfNetsError):
    """The map of another day has to be computed, and that takes too long for an answer; the message says how."""


class AccountError(NetOfNetsError):
    """An account cannot be made, found or changed like that; nothing was changed."""


class SignInRefused(AccountError):
    """What a provider answered lets nobody in; ``why`` is for the log and the audit, and names nobody."""

    def __init__(self, message: str, *, why: str) -> None:
        super().__init__(message)
        self.why = why


class ProviderAway(SignInRefused):
    """The provider does not answer, or not as a provider does; nobody can be signed in by it now."""


class TooManyTries(NetOfNetsError):
    """Too many tries to sign in; ``wait`` is how many seconds pass until the next is taken."""

    def __init__(self, message: str, *, wait: int) -> None:
        super().__init__(message)
        self.wait = wait
