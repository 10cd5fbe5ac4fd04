"""The same text on Spark SQL, in local mode; collected where pyspark and Java are present (see conftest.py)."""

import pytest
from pyspark.sql import SparkSession
from tests.law.contributions.thresholds import THRESHOLDS as CONTRIBUTION_THRESHOLDS
from tests.law.engine import small_law
from tests.law.engine.both_ways import on_spark, plain, random_facts
from tests.law.engine.test_columns import PROGRAM as SMALL
from tests.law.engine.test_columns import THRESHOLDS as SMALL_THRESHOLDS
from tests.law.engine.test_tables import PROGRAM as SUMS
from tests.law.engine.test_tables import Spell, sums

from ansinh.law.contributions import BOOK, Facts, dues
from ansinh.law.contributions.columns import PROGRAM as CONTRIBUTIONS

pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.xdist_group("spark"),
]


@pytest.fixture(scope="module")
def session():
    made = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield made
    made.stop()


def test_the_small_law(session):
    rows = random_facts(SMALL, 500, seed=3, thresholds=SMALL_THRESHOLDS)
    expected = plain(SMALL, small_law.answer, small_law.Facts, small_law.BOOK, rows)
    assert on_spark(SMALL, rows, session) == expected


def test_contributions(session):
    rows = random_facts(CONTRIBUTIONS, 500, seed=4, thresholds=CONTRIBUTION_THRESHOLDS)
    assert on_spark(CONTRIBUTIONS, rows, session) == plain(CONTRIBUTIONS, dues, Facts, BOOK, rows)


def test_tabulated_functions(session):
    rows = random_facts(SUMS, 200, seed=5)
    assert on_spark(SUMS, rows, session) == plain(SUMS, sums, Spell, small_law.BOOK, rows)
