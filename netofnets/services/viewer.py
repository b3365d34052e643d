"""Who is looking, and which edition that viewer reads; no service answers without one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from netofnets.graph.published import Edition, Published
from netofnets.services.dated import on_day

__all__ = ["ANONYMOUS", "ORGANIZER", "Role", "Viewer"]


class Role(StrEnum):
    """What a viewer is to the people in the data."""

    ORGANIZER = "organizer"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or a program) that asks.

    Everything a service answers comes from :meth:`edition`, so an answer cannot depend on what the viewer may not see.
    """

    role: Role
    me: str = ""  # id of the leader who is reading, when the reader has said so: one of the edition, or nobody
    as_of: str = ""  # the day whose map is looked at (ISO); empty: the one that was published
    as_of_run: int = 0  # the past run whose map was lent for this answer; 0: what is published

    def edition(self, published: Published) -> Edition:
        """The edition this viewer reads."""
        edition = published.edition("organizers" if self.role is Role.ORGANIZER else "public")
        return on_day(edition, self.as_of) if self.as_of else edition

    @property
    def sees_people(self) -> bool:
        """Whether people are shown who have not made themselves public."""
        return self.role is Role.ORGANIZER


ORGANIZER = Viewer(Role.ORGANIZER)
ANONYMOUS = Viewer(Role.ANONYMOUS)
