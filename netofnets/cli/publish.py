"""``netofnets publish``: from the store to what readers open."""

from __future__ import annotations

from contextlib import closing
from functools import partial

import click

from netofnets.cli.options import as_of_option, asked_run, home_option, settings_from, store_option
from netofnets.desk.nothing_new import stands_already
from netofnets.engines import ENGINES, open_engine
from netofnets.settings import Settings

__all__ = ["publish"]


@click.command()
@home_option
@store_option
@click.option("--seed", type=int, help="Seed of everything that draws at random.")
@click.option("--resolution", type=float, help="Resolution of the communities; 0 lets the stated rule choose.")
@click.option("--engine", type=click.Choice(ENGINES), help="What computes the joins; the answers are the same.")
@click.option(
    "--afresh",
    is_flag=True,
    help="Compute everything again, instead of taking over what was computed from the same; communities still go on "
    "from the last publication.",
)
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0.0,
    metavar="SECONDS",
    help="Try again for so long while the store's server does not answer.",
)
@as_of_option
def publish(
    home: str | None,
    store: str | None,
    seed: int | None,
    resolution: float | None,
    engine: str | None,
    afresh: bool,
    wait: float,
    as_of: str | None,
) -> None:
    """Analyse what is in the store and switch readers to it, all at once."""
    settings = settings_from(home=home, store=store, seed=seed, engine=engine)
    parameters: dict[str, float] = {"seed": settings.integer("seed")}
    if resolution is not None:
        parameters["resolution"] = resolution
    quick = not afresh and asked_run() is None and settings["engine"] == "local"
    if quick and (stands := stands_already(settings, parameters, as_of or "")):
        folder, number, content = stands
        click.echo(f"Unchanged since the last time: run {number}, content {content[:12]}, in {folder}")
    else:
        _publish(settings, parameters, as_of or "", afresh=afresh, wait=wait)


def _publish(settings: Settings, parameters: dict[str, float], as_of: str, *, afresh: bool, wait: float) -> None:
    from netofnets.desk.erase import finish_erasures
    from netofnets.graph.memory import without_pandas
    from netofnets.publish import publish as publish_now
    from netofnets.publish import publish_facts
    from netofnets.store.past import facts_after
    from netofnets.store.patience import open_in_time

    without_pandas()
    told = partial(click.echo, err=True)
    store = open_in_time(settings.store, settings, wait, told, reading=True)
    with closing(store) as opened, open_engine(settings) as joins:
        if finished := finish_erasures(opened, settings.home, parameters):
            click.echo(f"Finished {finished} erasure{'s' * (finished > 1)} that had been cut off.")
        if (run := asked_run()) is None:
            done = publish_now(opened, settings.home, parameters, as_of=as_of, afresh=afresh, engine=joins)
        else:
            facts = facts_after(opened, run)
            done = publish_facts(facts, settings.home, parameters, as_of=as_of, past=True, afresh=afresh, engine=joins)
    state = "Published" if done.fresh else "Unchanged since the last time:"
    click.echo(f"{state} run {done.run}, content {done.content_hash[:12]}, in {done.folder}")
