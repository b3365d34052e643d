"""netofnets: one map of many teacher networks, with reasons, honest uncertainty and consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netofnets.graph.published import Edition
    from netofnets.services.answers import Answers

__all__ = ["__version__", "answers", "open_snapshot"]
__version__ = "0.1.0"


def answers(home: str | None = None) -> Answers:
    """The questions that the pages answer, for scripts and notebooks: ``answers().search("literacy")``.

    Of what was last published in ``home`` (default: ``NETOFNETS_HOME``), as an organizer sees it. Raises
    :class:`netofnets.errors.NotPublished` when nothing has been published yet.
    """
    from netofnets.services.answers import Answers
    from netofnets.settings import load_settings

    return Answers.current(load_settings(home=home).home)


def open_snapshot(home: str | None = None, *, edition: str = "research") -> Edition:
    """Open what was last published in ``home`` (default: ``NETOFNETS_HOME``) for scripts and notebooks.

    ``research`` is what organizers see of those who allow it; ``organizers``, ``signed_in`` and ``public`` are what
    these see on the pages. The answer holds the facts (``.snapshot``), every analysis as an Arrow table
    (``.table("bridges")``) and ``.to_networkx()``. Raises :class:`netofnets.errors.NotPublished` when nothing has been
    published yet.
    """
    from netofnets.graph.published import Published
    from netofnets.settings import load_settings

    return Published.current(load_settings(home=home).home).edition(edition)
