"""How a measure is declared: its question, parameters, outputs and references; everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from netofnets.analysis.engine import Engine
from netofnets.analysis.reads import reads_of
from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot
from netofnets.graph.view import View

__all__ = ["Measure", "Output", "Parameter", "Results", "message_of"]

Results = Mapping[str, pa.Table]
Run = Callable[..., pa.Table]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter with its default and the sentence that explains it."""

    name: str
    default: int | float | str
    help: str


@dataclass(frozen=True, slots=True)
class Output:
    """One column of the answer: name and definition, with its unit or range.

    ``of`` names the node kind whose ids the column holds; empty when it holds no ids. A column whose ids are of the
    kind that the column ``kind`` of the same row names has ``of="kind"``. What is ``inner`` is for programs that read
    the published folder, and stands in no table that is shown.
    """

    name: str
    help: str
    of: str = ""
    inner: bool = False


def message_of(column: str) -> Output:
    """Beside a column of sentences: what each was made of (:func:`netofnets.language.messages.packed`)."""
    told = f"What {column} was made of, as JSON: the message and its values, to say it in other languages; else null."
    return Output(f"{column}_message", told, inner=True)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure. ``run(snapshot, results, **parameters)`` is pure; ``results`` holds the tables of ``needs``.

    The snapshot that it is handed holds what :mod:`netofnets.analysis.reads` declares for it and nothing else.

    ``use`` says when it answers the question, ``misleads`` when it does not. ``about`` names the column of ids that a
    row is about (empty: a row is about a pair, or about no node). ``command`` is its name on the command line (empty:
    none of its own), ``order`` the columns by which that prints it. A measure that ``continues`` is also given
    ``previous``: its own table of the last publication of the same edition, None when there is none. One that
    is computed ``on_engine`` hands its joins to the ``engine`` that it is given.
    """

    id: str
    title: str
    question: str
    run: Run
    outputs: tuple[Output, ...]
    parameters: tuple[Parameter, ...] = ()
    needs: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    use: str = ""
    misleads: str = ""
    about: str = ""
    command: str = ""
    order: tuple[tuple[str, str], ...] = ()
    continues: bool = False
    on_engine: bool = False

    def settled(self, given: Mapping[str, Any]) -> dict[str, int | float | str]:
        """All parameters: those ``given`` (converted to the type of the default), else the defaults.

        What is given as ``MEASURE.NAME`` is for one measure alone, and gives way to what is given by its name.
        """
        settled: dict[str, int | float | str] = {}
        for parameter in self.parameters:
            own = given.get(f"{self.id}.{parameter.name}", parameter.default)
            value = given.get(parameter.name, own)
            try:
                settled[parameter.name] = type(parameter.default)(value)
            except (TypeError, ValueError):
                raise SettingsError(f"{self.id}: {parameter.name} cannot be {value!r}; {parameter.help}") from None
        return settled

    def __call__(
        self,
        snapshot: Snapshot,
        results: Results,
        parameters: Mapping[str, Any],
        previous: pa.Table | None = None,
        engine: Engine | None = None,
    ) -> pa.Table:
        """Compute the table; parameters that the measure does not have are ignored. Without ``engine``: locally."""
        given: dict[str, Any] = self.settled(parameters)
        view = View(snapshot, reads_of(self.id, given))
        if self.continues:
            given["previous"] = previous
        if self.on_engine and engine is not None:
            given["engine"] = engine
        table = self.run(view, {name: results[name] for name in self.needs}, **given)
        return table.select([output.name for output in self.outputs])
