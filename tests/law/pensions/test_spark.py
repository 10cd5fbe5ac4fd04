"""The same careers on Spark SQL, in local mode; collected where pyspark and Java are present (see conftest.py)."""

import duckdb
import pytest
from pyspark.sql import SparkSession
from tests.law.pensions.careers_both_ways import mixed, plain

from ansinh.kernel.months import Month
from ansinh.law.pensions.columns import careers

FIRST, LAST = Month(2025, 1), Month(2026, 12)

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


def test_careers(session, tmp_path):
    run = careers(FIRST, LAST)
    with duckdb.connect() as con:
        mixed(con, 200, 7, first=FIRST, last=LAST)
        for name in ("people", "spells"):
            path = tmp_path / f"{name}.parquet"
            con.execute(f"COPY {name} TO '{path}' (FORMAT parquet)")
            session.read.parquet(str(path)).createOrReplaceTempView(name)
        expected = plain(con)
    run.register_spark(session)
    found = sorted(tuple(row) for row in session.sql(run.sql("spark")).collect())
    assert found == expected
