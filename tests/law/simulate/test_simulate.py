"""A whole simulation: the shipped reform on synthetic people, its parts adding up, its report and its errors."""

import json
import re
from fractions import Fraction

import duckdb
import pytest

from ansinh.cli import main
from ansinh.kernel.months import Month
from ansinh.law.pensions import columns
from ansinh.law.simulate import population
from ansinh.law.simulate.command import EXAMPLES
from ansinh.law.simulate.reform import read_reform
from ansinh.law.simulate.run import all_books, simulate

PEOPLE, YEARS = 3_000, 3


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    path = tmp_path_factory.mktemp("population") / "people.parquet"
    with duckdb.connect() as con:
        population.synthetic(con, PEOPLE, 11, first=Month(2026, 1), last=Month(2026, 12))
        population.write(con, path)
    return path


@pytest.fixture(scope="module")
def out(people, tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulation")
    asked = ["--reform", "pension-from-15-years", "--population", str(people), "--years", str(YEARS)]
    assert main(["simulate", *asked, "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def found(out):
    return json.loads((out / "results.json").read_text(encoding="utf-8"))


@pytest.fixture
def con():
    with duckdb.connect() as made:
        yield made


OUTCOMES = ("newly_pensioned", "higher", "same", "lower", "pension_lost")


def test_who_has_fifteen_to_twenty_years_is_now_pensioned(out, con):
    table = f"'{out / 'people.parquet'}'"
    gained = con.execute(
        f"SELECT min(months), max(months), count(*) FROM {table} WHERE before_pension = 0 AND after_pension > 0"
    ).fetchone()
    assert 180 <= gained[0] <= gained[1] < 240
    assert (
        gained[2]
        == con.execute(f"SELECT count(*) FROM {table} WHERE months BETWEEN 180 AND 239").fetchone()[0]
    )
    assert con.execute(f"SELECT count(*) FROM {table} WHERE after_pension < before_pension").fetchone() == (
        0,
    )


def test_groups_add_up_to_the_whole(found):
    whole = found["whole"]
    assert whole["people"] == PEOPLE
    assert sum(whole[name] for name in OUTCOMES) == PEOPLE
    for group in found["groups"]:
        for name in ("people", *OUTCOMES):
            assert sum(share[name] for share in group["shares"]) == whole[name], (group["name"], name)


def test_costs_are_those_of_the_people(out, found, con):
    table = f"'{out / 'people.parquet'}'"
    for side in ("before", "after"):
        for year in range(2026, 2026 + YEARS):
            months = f"least(12, {year * 12 + 12} - month)"
            once = f"(month // 12 = {year})::INT"
            (pensions, health) = con.execute(
                f"SELECT sum(({side}_pension + {side}_health) * {months} + ({side}_lump_sum + {side}_one_time) * {once}),"
                f" sum({side}_health * {months}) FROM {table}"
            ).fetchone()
            told = {cost["fund"]: cost[side] for cost in found["costs"] if cost["year"] == year}
            assert told == {"pension_survivors": pensions, "health": health}


def test_the_report_draws_and_tells(out):
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 5
    assert page.count("<title") == 6
    assert "Lương hưu từ 15 năm đóng" in page
    assert "A pension from fifteen years" in page
    assert not re.search(r"(src|href)=", page)


def test_the_law_against_itself_changes_nobody(people, tmp_path):
    path = tmp_path / "same.yaml"
    path.write_text(
        "vi: thử\nen: a try\nafter:\n  parameters:\n    pensions.highest_rate: {since: 2026-01-01, value: '75%'}\n",
        encoding="utf-8",
    )
    found = simulate(read_reform(path, all_books()), people, years=1)
    assert found.whole.same == PEOPLE
    assert found.whole.part(found.whole.winners) == Fraction(0)
    assert all(cost.before == cost.after for cost in found.costs)


def test_a_higher_rate_is_a_gain_for_those_at_the_ceiling(people, tmp_path):
    path = tmp_path / "higher.yaml"
    path.write_text(
        "vi: thử\nen: a try\nafter:\n  parameters:\n    pensions.highest_rate: {since: 2026-01-01, value: '80%'}\n",
        encoding="utf-8",
    )
    found = simulate(read_reform(path, all_books()), people, years=1)
    assert found.whole.higher > 0
    assert found.whole.losers == 0


@pytest.mark.parametrize("reform", ["no-such-reform", "population"])
def test_files_that_are_not_valid_end_with_two(people, tmp_path, capsys, reform):
    wrong = tmp_path / "wrong.parquet"
    wrong.write_bytes(b"nothing")
    asked = {"no-such-reform": ("no-such-reform", people), "population": ("pension-from-15-years", wrong)}[
        reform
    ]
    assert main(["simulate", "--reform", asked[0], "--population", str(asked[1])]) == 2
    assert "/" in capsys.readouterr().err


def test_every_reform_that_ships_is_valid():
    for path in EXAMPLES.glob("*.yaml"):
        read_reform(path, all_books())


def test_a_population_is_made_from_the_shell(tmp_path, capsys):
    path = tmp_path / "made.parquet"
    assert main(["simulate", "--make-population", str(path), "--people", "50", "--seed", "3"]) == 0
    with duckdb.connect() as con:
        assert population.load(con, path) == 50
    assert "50" in capsys.readouterr().out


def test_no_part_of_the_run_is_shared_by_name():
    """A common table expression used twice made the engine wait for itself on populations read from a file."""
    assert "WITH " not in columns.careers(Month(2026, 1), Month(2026, 12)).sql()
