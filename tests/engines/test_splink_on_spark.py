"""The settings of the comparison with Splink run on Spark as on DuckDB, and weigh alike."""

from __future__ import annotations

import numpy as np
import pytest

from netofnets.resolution.records import people_of
from tests.data.variants import rosters

LEVELS = ["gamma_given_nm", "gamma_family_nm", "gamma_email", "gamma_place"]


@pytest.mark.filterwarnings("ignore")  # of Splink and Spark about the versions of what they use
def test_the_same_settings_weigh_alike_on_spark(spark):
    pytest.importorskip("splink")
    from pyspark.sql import SparkSession

    from benchmarks import identity_splink

    table = identity_splink.frame(people_of(rosters(600).records))
    linker = identity_splink.trained(table)
    here = identity_splink.scored(linker)
    there = identity_splink.on_spark(linker, table, SparkSession.getActiveSession())
    assert len(here) > 300
    assert here.index.equals(there.index)
    alike = (here[LEVELS] == there[LEVELS]).all(axis=1)
    # Where an odd number of letters is out of order, the two round half of it differently in Jaro's similarity.
    assert alike.mean() > 0.99
    assert here[alike].match_weight.to_numpy() == pytest.approx(there[alike].match_weight.to_numpy(), abs=1e-9)
    assert np.ptp(here.match_weight) > 20
