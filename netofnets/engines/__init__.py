"""Which engine computes the joins of a publication: this process, the Neo4j server of the store, or Spark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from netofnets.errors import EngineError, SettingsError

if TYPE_CHECKING:
    from netofnets.analysis.engine import Engine
    from netofnets.settings import Settings

__all__ = ["ENGINES", "open_engine"]

ENGINES = ("local", "neo4j", "spark")


@contextmanager
def open_engine(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings name, for as long as it is needed; each is imported only when it is asked for.

    :class:`~netofnets.errors.EngineError` when it is not installed, or the store is not on Neo4j.
    """
    engine = _opened(settings)
    try:
        yield engine
    finally:
        engine.close()


def _opened(settings: Settings) -> Engine:
    name = settings["engine"]
    if name == "local":
        from netofnets.analysis.local import LOCAL

        return LOCAL
    if name == "spark":
        from netofnets.engines.spark import SparkEngine

        return SparkEngine.open(settings["spark_master"], settings["spark_folder"])
    if name == "neo4j":
        if settings.store.partition(":")[0].partition("+")[0] not in ("neo4j", "bolt"):
            raise EngineError(
                f"engine neo4j computes on the server of the store, and the store is {settings.store}; name a store on "
                "Neo4j (--store neo4j://HOST:7687), or another engine (--engine local)"
            )
        from netofnets.store.neo4j.engine import Neo4jEngine

        return Neo4jEngine.open(settings)
    raise SettingsError(f"there is no engine {name!r}; the engines are {', '.join(ENGINES)}")
