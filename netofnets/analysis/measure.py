"""How a measure is declared: its question, parameters, outputs and references; everything else follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from netofnets.errors import SettingsError
from netofnets.graph.snapshot import Snapshot

__all__ = ["Measure", "Output", "Parameter", "Results"]

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
    """One column of the answer: name and definition, with its unit or range."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure. ``run(snapshot, results, **parameters)`` is pure; ``results`` holds the tables of ``needs``.

    ``use`` says when it answers the question, ``misleads`` when it does not.
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

    def settled(self, given: Mapping[str, Any]) -> dict[str, int | float | str]:
        """All parameters: those ``given`` (converted to the type of the default), else the defaults."""
        settled: dict[str, int | float | str] = {}
        for parameter in self.parameters:
            value = given.get(parameter.name, parameter.default)
            try:
                settled[parameter.name] = type(parameter.default)(value)
            except (TypeError, ValueError):
                raise SettingsError(f"{self.id}: {parameter.name} cannot be {value!r}; {parameter.help}") from None
        return settled

    def __call__(self, snapshot: Snapshot, results: Results, parameters: Mapping[str, Any]) -> pa.Table:
        """Compute the table; parameters that the measure does not have are ignored."""
        table = self.run(snapshot, {name: results[name] for name in self.needs}, **self.settled(parameters))
        return table.select([output.name for output in self.outputs])
