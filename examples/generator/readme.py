"""The README of the rosters: what each file is, and the story, with the facts taken from the made-up world itself."""

from __future__ import annotations

from pathlib import Path
from string import Template

from examples.generator.mistakes import MISTAKES
from examples.generator.networks import (
    BLOCKS,
    COMMONS,
    GAP,
    ISLAND,
    NETWORKS,
    PENDANT,
    PENDANT_ANCHOR,
    SENSITIVE,
    plan,
)
from examples.generator.people import Person
from examples.generator.sources import SOURCES
from examples.generator.world import World

__all__ = ["readme"]

_BLOCK_NAMES = {
    "rural": "rural schools",
    "city": "city schools and families",
    "science": "the Lantern science family",
    "inclusion": "inclusion and well-being",
    "leading": "teachers who lead beyond their school",
}


def readme(world: World) -> str:
    """The README as Markdown."""
    template = (Path(__file__).parent / "rosters-readme.md").read_text(encoding="utf-8")
    return Template(template).substitute(_counts(world) | _story(world))


def _counts(world: World) -> dict[str, str]:
    with_email = {number for (number, _), seen in world.seen.items() if seen.email}
    return {
        "people": f"{len(world.people):,}",
        "networks": str(len(NETWORKS)),
        "sources": str(len(SOURCES)),
        "without": str(len(world.people) - len(with_email)),
        "married": str(len(world.married)),
        "twice": str(len(world.twice)),
        "files": "\n".join(_source_row(s.name, s.files, s.networks) for s in SOURCES),
        "mistakes": "\n".join(f"- `{mistake.file}`: {mistake.wrong}" for mistake in MISTAKES),
    }


def _source_row(name: str, file_names: tuple[str, ...], networks: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{file}`" for file in file_names)
    return f"| `{name}` | {shown} | {', '.join(plan(n).name for n in networks) or 'the register of all of them'} |"


def _story(world: World) -> dict[str, str]:
    one, two = (world.members(network) for network in GAP)
    people = len(world.people)
    linked = next(person for person in world.people if PENDANT in person.networks and len(person.networks) > 1)
    return {
        "gap_one": plan(GAP[0]).name,
        "gap_two": plan(GAP[1]).name,
        "gap_focus": ", ".join(plan(GAP[0]).focus),
        "gap_sizes": f"{len(one)} and {len(two)}",
        "gap_expected": f"{len(one) * len(two) / people:.0f}",
        "blocks": ", ".join(_BLOCK_NAMES[block] for block in BLOCKS),
        "bridges": "\n".join(_bridge(person) for person in world.people if person.bridging and person is not linked),
        "island": plan(ISLAND).name,
        "pendant": plan(PENDANT).name,
        "pendant_size": str(len(world.members(PENDANT))),
        "pendant_person": f"{linked.given} {linked.family}",
        "anchor": plan(PENDANT_ANCHOR).name,
        "commons": plan(COMMONS).name,
        "commons_size": str(len(world.members(COMMONS))),
        "commons_shared": str(_usual_share(world)),
        "sensitive": plan(SENSITIVE).name,
    }


def _usual_share(world: World) -> int:
    """How many members the commons share with the network in the middle of the list."""
    commons = world.members(COMMONS)
    counts = sorted(len(commons & world.members(network.id)) for network in NETWORKS if network.block)
    return counts[len(counts) // 2]


def _bridge(person: Person) -> str:
    networks = ", ".join(
        plan(network).name.replace("Lantern Science Teachers, ", "Lantern ") for network in person.networks
    )
    return f"   - {person.given} {person.family}: {networks}"
