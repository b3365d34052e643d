"""The page about the measures, written from their declarations."""

from __future__ import annotations

from netofnets.analysis.measure import Measure
from netofnets.analysis.registry import MEASURES

__all__ = ["measures_markdown"]

_HEAD = """# Measures

Every analysis that is published: the question it answers, its columns, its parameters, when to use it and when it
misleads. This page is written from the declarations in `netofnets/analysis/`; an empty cell (`null`) always means "not
defined", never zero.
"""


def measures_markdown() -> str:
    """The text of ``docs/measures.md``."""
    return "\n".join([_HEAD, *(_section(measure) for measure in MEASURES)])


def _section(measure: Measure) -> str:
    parts = [
        f"## {measure.title} (`{measure.id}`)\n",
        f"*{measure.question}*\n",
        f"**Use it** {_lowered(measure.use)}\n",
        f"**It misleads:** {_lowered(measure.misleads)}\n",
        _rows("Column", [(output.name, output.help) for output in measure.outputs]),
    ]
    if measure.parameters:
        rows = [(f"{p.name} = {p.default!r}" if p.default != "" else p.name, p.help) for p in measure.parameters]
        parts.append(_rows("Parameter and default", rows))
    if measure.needs:
        parts.append(f"Needs: {', '.join(f'`{need}`' for need in measure.needs)}.\n")
    if measure.references:
        parts.append("\n".join(f"- {reference}" for reference in measure.references) + "\n")
    return "\n".join(parts)


def _rows(head: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"| {head} | Meaning |", "|---|---|"]
    lines += [f"| `{name}` | {help_.replace('|', '/')} |" for name, help_ in rows]
    return "\n".join(lines) + "\n"


def _lowered(sentence: str) -> str:
    """The sentence as it goes on after an opening: first letter small, unless a name or an abbreviation starts it."""
    return sentence[0].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
