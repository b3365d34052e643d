"""``netofnets interests`` and ``map-interest``: the interests on the map and the vocabulary."""

from __future__ import annotations

import click

from netofnets.cli.options import format_option, home_option, settings_from, store_option
from netofnets.cli.output import FORMATS

__all__ = ["interests", "map_interest"]


@click.command()
@click.option("--unmapped", is_flag=True, help="Only those without a sure concept, with the nearest ones.")
@click.option("--concepts", is_flag=True, help="List the concepts of the vocabularies instead.")
@click.option("--apply", "state", is_flag=True, help="State what is sure on the map (source: vocabulary).")
@format_option(*FORMATS)
@click.option("--output", metavar="FILE", help="Write here instead of printing.")
@home_option
@store_option
def interests(
    unmapped: bool, concepts: bool, state: bool, form: str, output: str | None, home: str | None, store: str | None
) -> None:
    """List the interests that people named, most people first, each with the concept that it is taken for.

    A concept is sure by the same words, another wording, an abbreviation, a slip, a wording inside, or because somebody
    said so (`netofnets map-interest`). One that is only likely is for you to look at. Concepts are those that ship with
    the program and those of vocabularies that were loaded: sources that state interests and no people.
    """
    import pyarrow as pa

    from netofnets.cli.output import print_table
    from netofnets.desk.interests import apply_mapping, concept_names, mapped_interests
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        if concepts:
            print_table(pa.table({"concept": pa.array(concept_names(opened), pa.string())}), form, output)
            return
        if state:
            done = apply_mapping(opened)
            click.echo(f"{len(done)} interests are mapped. Run `netofnets publish` for it to take effect.")
            return
        found = [one for one in mapped_interests(opened) if not (unmapped and one.mapped.way.sure)]
    finally:
        opened.close()
    columns = {
        "id": pa.array([one.id for one in found], pa.string()),
        "interest": pa.array([one.mapped.tag for one in found], pa.string()),
        "people": pa.array([one.people for one in found], pa.int64()),
        "concept": pa.array([one.mapped.concept for one in found], pa.string()),
        "way": pa.array([one.mapped.way.value for one in found], pa.string()),
        "likeness": pa.array([one.mapped.score for one in found], pa.float64()),
        "nearest": pa.array([list(one.mapped.near) for one in found], pa.list_(pa.string())),
    }
    print_table(pa.table(columns), form, output)


@click.command("map-interest")
@click.argument("interest")
@click.argument("concept", default="")
@click.option("--who", required=True, help="Who decided.")
@click.option("--why", default="", help="The reason, in a sentence.")
@home_option
@store_option
def map_interest(interest: str, concept: str, who: str, why: str, home: str | None, store: str | None) -> None:
    """Say which CONCEPT an INTEREST (its words or id) is; without CONCEPT, that it is none of the vocabulary.

    The interest keeps its words. The last word counts; `netofnets interests --apply` states it on the map.
    """
    from netofnets.desk.interests import say_meaning
    from netofnets.store import open_store

    settings = settings_from(home=home, store=store)
    opened = open_store(settings.store, settings)
    try:
        row = say_meaning(opened, interest, concept, who=who, why=why)
    finally:
        opened.close()
    click.echo(f"{interest}: {row.value or 'none of the vocabulary'}. Next: netofnets interests --apply")
