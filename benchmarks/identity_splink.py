"""The same made-up rosters scored by Splink on DuckDB, with our columns, one place comparison and our clustering.

    pip install splink pandas
    python -m benchmarks.identity_splink --rows 10000
    python -m benchmarks.identity_splink --rows 1000 --spark    # in the environment of .ci/spark: the same on Spark

Splink is no dependency of the project; run it in an environment of its own, from a checkout. With ``--spark`` the model
that was trained on DuckDB scores the same rows on Spark (local[2]), and the weights are held against each other.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import splink.comparison_level_library as level
import splink.comparison_library as comparison
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from benchmarks.identity import told
from netofnets.resolution.cluster import cluster
from netofnets.resolution.records import Coded, People, people_of
from tests.data.variants import rosters

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NO_PLACE = " or ".join(f"(school_{s} is null and town_{s} is null and region_{s} is null)" for s in "lr")
INITIAL = "initial_l = initial_r and least(length(given_nm_l), length(given_nm_r)) = 1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--spark", action="store_true", help="score on Spark as well, and compare the weights")
    given = parser.parse_args()
    made = rosters(given.rows)
    start = time.process_time()
    people = people_of(made.records)
    linker = trained(frame(people))
    found = linker.inference.predict(threshold_match_probability=0.05).as_pandas_dataframe()
    spent = time.process_time() - start
    left, right = (found[f"unique_id_{side}"].to_numpy() for side in "lr")
    weight, chance = found.match_weight.to_numpy(), found.match_probability.to_numpy()
    sources = [frozenset([people.source.values[c]]) for c in people.source.codes.tolist()]
    for least in (0.3, 0.5, 0.9, 0.99):
        kept = np.flatnonzero(chance >= least)
        pairs = zip(left[kept].tolist(), right[kept].tolist(), weight[kept].tolist(), strict=True)
        told(f"{len(people):,} rows", f"Splink, p >= {least}", np.array(cluster(pairs, sources)), made.person, spent)
    if given.spark:
        compared(linker, frame(people))


def compared(linker: Linker, table: pd.DataFrame) -> None:
    """Print how far the weights of DuckDB and Spark differ."""
    begun = time.perf_counter()
    there = on_spark(linker, table, spark_session())
    here = scored(linker)
    levels = [column for column in here.columns if column.startswith("gamma_")]
    alike = (here[levels] == there[levels]).all(axis=1)
    apart = float((here.match_weight - there.match_weight)[alike].abs().max())
    print(f"Spark: {len(there):,} pairs, the same as on DuckDB: {here.index.equals(there.index)}")
    print(f"{int((~alike).sum())} at another level; match weights of the others differ by at most {apart:.1e}")
    print(f"{time.perf_counter() - begun:.0f} s of wall time, the start of Spark among it")


def scored(linker: Linker) -> pd.DataFrame:
    """All pairs that the blocks give, with their weights, by the two rows."""
    found: pd.DataFrame = linker.inference.predict().as_pandas_dataframe()
    return found.set_index(["unique_id_l", "unique_id_r"]).sort_index()


def on_spark(linker: Linker, table: pd.DataFrame, session: SparkSession) -> pd.DataFrame:
    """What the trained model of ``linker`` gives on Spark."""
    from splink.backends.spark import SparkAPI

    api = SparkAPI(spark_session=session, break_lineage_method="persist")
    return scored(Linker(api.register(table), spoken(linker.misc.save_model_to_json(), "spark")))


def spoken(model: dict[str, Any], dialect: str) -> dict[str, Any]:
    """The same settings in another dialect of SQL, with the probabilities that the model has learnt."""
    other: dict[str, Any] = settings().create_settings_dict(dialect)
    other["probability_two_random_records_match"] = model["probability_two_random_records_match"]
    for own, learnt in zip(other["comparisons"], model["comparisons"], strict=True):
        for level_, known in zip(own["comparison_levels"], learnt["comparison_levels"], strict=True):
            level_ |= {name: known[name] for name in ("m_probability", "u_probability") if name in known}
    return other


def spark_session() -> SparkSession:
    """Spark on two cores, with the functions that Splink brings along for it in its wheel (Jaro-Winkler, for one)."""
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    told = {
        "spark.jars": similarity_jar_location(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    return SparkSession.builder.master("local[2]").config(map=told).getOrCreate()


def frame(people: People) -> pd.DataFrame:
    # Names of columns that are no words of SQL: with term frequencies others do not survive.
    table = pd.DataFrame(
        {
            "unique_id": range(len(people)),
            "given_nm": texts(people.given),
            "given_key": texts(people.given_key),
            "family_nm": texts(people.family),
            "email": texts(people.email),
            "school": texts(people.school),
            "town": texts(people.place),
            "region": texts(people.region),
        }
    )
    return table.assign(initial=table.given_nm.str[:1], begins=table.family_nm.str[:3])


def texts(column: Coded) -> list[str | None]:
    return [column.values[code] if code >= 0 else None for code in column.codes.tolist()]


def settings() -> SettingsCreator:
    keys = [("email",), ("family_nm", "initial"), ("given_key", "begins"), ("given_key", "school")]
    keys += [("family_nm", "school"), ("given_key", "town"), ("family_nm", "town")]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparison.CustomComparison(output_column_name=n, comparison_levels=of) for n, of in levels()],
        blocking_rules_to_generate_predictions=[block_on(*key) for key in keys],
    )


def trained(table: pd.DataFrame) -> Linker:
    linker = Linker(DuckDBAPI().register(table), settings())
    sure = [block_on("email"), block_on("given_nm", "family_nm", "town")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=7)
    for block in sure:
        linker.training.estimate_parameters_using_expectation_maximisation(block, record_sample_proportion=1.0)
    return linker


def levels() -> list[tuple[str, list[object]]]:
    def same(name: str) -> object:
        return level.ExactMatchLevel(name, term_frequency_adjustments=True)

    short = level.CustomLevel("given_key_l = given_key_r", "short form")
    place = [level.CustomLevel(NO_PLACE, "not said").configure(is_null_level=True), same("school")]
    place += [level.JaroWinklerLevel("school", 0.92), level.ExactMatchLevel("town"), level.ExactMatchLevel("region")]
    given = [level.NullLevel("given_nm"), same("given_nm"), short, level.CustomLevel(INITIAL, "initial")]
    family = [level.NullLevel("family_nm"), same("family_nm"), level.JaroWinklerLevel("family_nm", 0.9)]
    email = [level.NullLevel("email"), level.ExactMatchLevel("email")]
    made = {
        "given_nm": [*given, level.JaroWinklerLevel("given_nm", 0.88)],
        "family_nm": family,
        "email": email,
        "place": place,
    }
    return [(name, [*of, level.ElseLevel()]) for name, of in made.items()]


if __name__ == "__main__":
    main()
