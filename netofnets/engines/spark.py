"""The joins in Spark SQL, from Parquet: for more people than fit on one machine (extra ``spark``)."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from netofnets.analysis.engine import JOINED, SHARED, SPREAD
from netofnets.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["SparkEngine"]

_SHARED = """
SELECT a.column AS first, b.column AS second, count(*) AS shared
FROM {memberships} a JOIN {memberships} b ON a.row = b.row AND a.column < b.column
GROUP BY a.column, b.column
"""

# ``across`` lists a tie once for each two networks that it joins, ``ends`` once more for its other end.
_JOINED = """
WITH across AS (
  SELECT t.row AS own, t.column AS other, near.column AS near, far.column AS far, t.weight
  FROM {ties} t
  JOIN {memberships} near ON near.row = t.row
  JOIN {memberships} far ON far.row = t.column
  LEFT ANTI JOIN {memberships} m ON m.row = t.row AND m.column = far.column
  LEFT ANTI JOIN {memberships} n ON n.row = t.column AND n.column = near.column
), ends AS (
  SELECT least(near, far) AS first, greatest(near, far) AS second, own AS leader, other, weight FROM across
  UNION ALL
  SELECT least(near, far), greatest(near, far), other, own, weight FROM across
), each AS (
  SELECT first, second, leader, sum(weight) AS carried, count(*) AS partners FROM ends GROUP BY first, second, leader
), hung AS (
  SELECT e.first, e.second, e.leader,
    aggregate(array_sort(collect_list(o.partners)), 0D, (sum, theirs) -> sum + 1D / theirs) AS hanging
  FROM ends e JOIN each o ON o.first = e.first AND o.second = e.second AND o.leader = e.other
  GROUP BY e.first, e.second, e.leader
), ways AS (
  SELECT a.column AS first, b.column AS second, a.row AS leader,
    true AS both, 0L AS carried, 0L AS partners, 0D AS hanging
  FROM {memberships} a JOIN {memberships} b ON a.row = b.row AND a.column < b.column
  UNION ALL
  SELECT first, second, leader, false, carried, partners, hanging FROM each JOIN hung USING (first, second, leader)
)
SELECT w.first, w.second, w.leader, bool_or(both) AS both, max(carried) AS carried, max(partners) AS partners,
  max(hanging) AS hanging
FROM ways w LEFT ANTI JOIN {related} r ON r.row = w.first AND r.column = w.second
GROUP BY w.first, w.second, w.leader
"""

# A sum of floats hangs on its order, and Spark's own sum has none: what is added up is sorted first.
_SPREAD = """
WITH groups AS (
  SELECT w.row, coalesce(l.label, -1L) AS label,
    aggregate(array_sort(collect_list(struct(w.column, w.weight))), 0D, (sum, one) -> sum + one.weight) AS weight
  FROM {weights} w LEFT JOIN {labels} l ON l.node = w.column
  GROUP BY w.row, coalesce(l.label, -1L)
), own AS (
  SELECT row, array_sort(collect_list(struct(label, weight))) AS groups FROM groups GROUP BY row
)
SELECT row, aggregate(groups, 0D, (sum, one) -> sum + one.weight) AS strength,
  aggregate(filter(groups, one -> one.label >= 0), 0D, (sum, one) -> sum + one.weight * one.weight) AS squares
FROM own
"""


class SparkEngine:
    """See :class:`netofnets.analysis.engine.Engine`.

    Tables go to Spark and come back as Parquet below ``folder``, which every machine of the cluster reads and writes:
    positions and weights, no ids and no names. They are removed with the answer.
    """

    name = "spark"

    def __init__(self, session: SparkSession, folder: str = "", *, ours: bool = False) -> None:
        self._session, self._folder, self._ours = session, folder or None, ours

    @classmethod
    def open(cls, master: str, folder: str = "") -> SparkEngine:
        """Use the session of this process, or begin one at ``master``, which :meth:`close` ends."""
        try:
            from pyspark.errors import PySparkRuntimeError
            from pyspark.sql import SparkSession
        except ImportError:
            raise EngineError(
                "engine spark needs pyspark, which is not installed: pip install 'netofnets[spark]' (and Java 17 or "
                "newer), or name another engine (--engine local)"
            ) from None
        if folder and not Path(folder).is_dir():
            raise EngineError(f"spark_folder {folder} is no folder; make one that all machines of the cluster share")
        if (running := SparkSession.getActiveSession()) is not None:
            return cls(running, folder)
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)  # it gets none
        builder = SparkSession.builder.appName("netofnets").master(master).config("spark.ui.enabled", "false")
        builder = builder.config("spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false")
        if master.startswith("local"):  # one machine: no name of a host to look up, no tasks beyond its cores
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
            builder = builder.config("spark.sql.shuffle.partitions", str(os.cpu_count() or 1))
        try:
            return cls(builder.getOrCreate(), folder, ours=True)
        except PySparkRuntimeError as error:
            raise EngineError(
                f"engine spark did not start at {master}: {error}; Spark 4 needs Java 17 or newer on the PATH or in "
                "JAVA_HOME"
            ) from None

    def shared(self, memberships: pa.Table) -> pa.Table:
        """Pairs of networks with members in common: a join of memberships with themselves."""
        return self._asked(_SHARED, {"memberships": memberships}, SHARED)

    def joined(self, memberships: pa.Table, ties: pa.Table, related: pa.Table) -> pa.Table:
        """Who joins which pairs: by being in both, or by a tie across."""
        return self._asked(_JOINED, {"memberships": memberships, "ties": ties, "related": related}, JOINED)

    def spread(self, weights: pa.Table, labels: pa.Table) -> pa.Table:
        """Weights by group, and their squares."""
        return self._asked(_SPREAD, {"weights": weights, "labels": labels}, SPREAD)

    def labels(self, ties: pa.Table, resolution: float, seed: int) -> pa.Table:
        """Spark has none: neither it nor GraphFrames has Louvain or Leiden."""
        raise EngineError("engine spark finds no communities; those of engine local or neo4j are what it counts with")

    def close(self) -> None:
        """End the session, if it was begun here."""
        if self._ours:
            self._session.stop()

    def _asked(self, query: str, tables: Mapping[str, pa.Table], schema: pa.Schema) -> pa.Table:
        from pyspark.errors import PySparkException

        with (
            TemporaryDirectory(prefix="netofnets-spark-", dir=self._folder) as folder,
            self._views(tables, folder) as v,
        ):
            try:
                self._session.sql(query.format(**v)).write.parquet(f"{folder}/answer")
            except PySparkException as error:
                raise EngineError(
                    f"engine spark could not compute this: {str(error).splitlines()[0]}; with a cluster, spark_folder "
                    "has to be a folder that all its machines share"
                ) from error
            found = pq.read_table(f"{folder}/answer").cast(schema)
        keys = [name for name in ("first", "second", "leader", "row") if name in schema.names]
        return found.sort_by([(key, "ascending") for key in keys]).combine_chunks()

    @contextmanager
    def _views(self, tables: Mapping[str, pa.Table], folder: str) -> Iterator[dict[str, str]]:
        """Write tables as Parquet, and give the names by which a query reads them, which no other query has."""
        names = {name: f"{name}_{Path(folder).name.rpartition('-')[2]}" for name in tables}
        for name, table in tables.items():
            pq.write_table(table, f"{folder}/{name}.parquet")
            self._session.read.parquet(f"{folder}/{name}.parquet").createOrReplaceTempView(names[name])
        try:
            yield names
        finally:
            for view in names.values():
                self._session.catalog.dropTempView(view)
