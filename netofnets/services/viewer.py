"""Who is looking, and which edition that viewer reads; no service answers without one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from netofnets.graph.published import Edition, Published
from netofnets.language import say
from netofnets.schema.policy import NOBODY, Who
from netofnets.services.dated import on_day

__all__ = ["ANONYMOUS", "ORGANIZER", "Role", "Viewer", "reader_of", "signed_in"]


class Role(StrEnum):
    """What a viewer is to the people in the data."""

    ORGANIZER = "organizer"  # of the whole map: an owner, or whoever started the program on a laptop
    SIGNED_IN = "signed in"  # everybody else with an account
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or a program) that asks.

    Everything a service answers comes from :meth:`edition`, so an answer cannot depend on what the viewer may not see.
    """

    role: Role
    me: str = ""  # id of the leader who is reading, when the reader has said so: one of the edition, or nobody
    as_of: str = ""  # the day whose map is looked at (ISO); empty: the one that was published
    who: Who = NOBODY  # with an account: the networks that they organize, and their own record
    k: int = 0  # of leaders who are not shown, only groups of this size are told of; 0: as they were published
    as_of_run: int = 0  # the past run whose map was lent for this answer; 0: what is published

    def edition(self, published: Published) -> Edition:
        """The edition this viewer reads."""
        edition = published.edition(self.audience)
        return on_day(edition, self.as_of) if self.as_of else edition

    @property
    def audience(self) -> str:
        """The name of that edition."""
        return _EDITIONS[self.role]

    @property
    def sees_people(self) -> bool:
        """Whether people are shown who have not made themselves public."""
        return self.role is Role.ORGANIZER

    @property
    def has_circle(self) -> bool:
        """Whether the viewer may have networks of their own: as their organizer, or by their own record."""
        return bool(self.who.organizes or self.who.record)

    @property
    def shown(self) -> str:
        """What this viewer is shown, for sentences that go on "you see only ..."."""
        return _SHOWN[self.role]


_EDITIONS = {Role.ORGANIZER: "organizers", Role.SIGNED_IN: "signed_in", Role.ANONYMOUS: "public"}
_SHOWN = {
    Role.ORGANIZER: say("what is shown to organizers"),
    Role.SIGNED_IN: say("what is shown to whoever has signed in"),
    Role.ANONYMOUS: say("what is public"),
}


def signed_in(organizes: frozenset[str] = frozenset(), record: str = "") -> Viewer:
    """Somebody with an account: an organizer of these networks, or the leader of this record, or neither."""
    return Viewer(Role.SIGNED_IN, who=Who(True, organizes, record))


def reader_of(audience: str) -> Viewer:
    """Somebody who reads the edition of an audience, and has nothing of their own."""
    return Viewer(next(role for role, edition in _EDITIONS.items() if edition == audience))


ORGANIZER = Viewer(Role.ORGANIZER)
ANONYMOUS = Viewer(Role.ANONYMOUS)
