"""Tables of pupils are no rosters of teachers: they are refused by the names of their columns, before a row is read.

Of children a map of teacher networks keeps nothing, and a file of the wrong kind is easily taken for the right one.
"""

from __future__ import annotations

from ingest.sources.raw import RawTable
from ingest.words import plain
from netofnets.errors import InputError
from netofnets.language import say
from netofnets.schema.text import escape_controls

__all__ = ["refuse_pupils"]

_OF_PUPILS = frozenset(
    f"{who} {what}".strip()
    for whose, told in (
        ("student pupil learner child", "id|number|no|name|first name|last name|email|e mail|grade|age"),
        ("guardian parent", "name|email|e mail|phone"),
        ("guardian", ""),
    )
    for who in whose.split()
    for what in told.split("|")
)
_BIRTH = frozenset({"dob", "d o b", "birth date", "birthdate", "date of birth", "birthday", "born"})
_SCHOOLING = frozenset({"grade", "grade level", "class", "homeroom", "form", "year group"})


def refuse_pupils(raw: RawTable) -> None:
    """Raise :class:`InputError` (``pupil_data``) for a table with columns about pupils.

    Those are a pupil's own or a guardian's, and a birth date beside a grade or class: teachers have each alone.
    """
    named = {plain(column): column for column in raw.header}
    found = [column for name, column in named.items() if name in _OF_PUPILS]
    births, classes = ([column for name, column in named.items() if name in words] for words in (_BIRTH, _SCHOOLING))
    if births and classes:
        found += births + classes
    if found:
        shown = ", ".join(repr(escape_controls(column)) for column in found)
        raise InputError(
            say(
                "{raw}: this looks like a list of pupils, by its columns {shown}; nothing was loaded. Of pupils "
                "nothing may come on this map. If it lists teachers, take these columns out and load it again",
                raw=raw.file,
                shown=shown,
            ),
            code="pupil_data",
            file=raw.file,
        )
