"""Record who may see a person, or one of the person's fields."""

from __future__ import annotations

from pathlib import Path

from netofnets.desk.checks import check_known, check_said, now
from netofnets.errors import SettingsError
from netofnets.graph.withheld import withhold
from netofnets.language import say
from netofnets.schema.kinds import LEADERS
from netofnets.schema.model import Visibility
from netofnets.schema.records import VisibilityChoice
from netofnets.store.base import Store

__all__ = ["FIELDS", "choose"]

FIELDS: tuple[str, ...] = tuple(p.name for p in LEADERS.properties)
"""The fields of a person that a choice may be about."""


def choose(
    store: Store, home: Path, leader: str, level: Visibility, *, who: str, why: str = "", field: str = ""
) -> VisibilityChoice:
    """Append a choice to the log of visibility; what it allows takes effect with the next publication.

    What it forbids is in force at once: until then whoever it keeps out is shown nothing of the person.
    ``field`` empty: the whole person. Raises :class:`NotFound` for an id that means nobody, :class:`SettingsError`
    for a field that no person has or when nobody decided; nothing is written then.
    """
    if field and field not in FIELDS:
        raise SettingsError(
            say("a person has no field {field!r}; there are {fields}", field=field, fields=", ".join(FIELDS))
        )
    check_said(who)
    check_known(store, leader)
    choice = VisibilityChoice(leader, level, who, why, field, now())
    kept = store.choose([choice])
    withhold(home, {leader, *(one.record for one in kept)}, level)
    return choice
