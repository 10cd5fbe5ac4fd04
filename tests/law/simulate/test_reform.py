"""A reform is read whole or refused whole; it changes the book of law while it is tried and never after."""

from datetime import date

import duckdb
import pytest

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.contributions import BOOK, one_month
from ansinh.law.simulate import population
from ansinh.law.simulate.reform import applied, read_reform

BOOKS = {"contributions": BOOK}
WAGE = 100_000_000


def reform(tmp_path, text, **files):
    for name, content in files.items():
        (tmp_path / f"{name}.py").write_text(content, encoding="utf-8")
    path = tmp_path / "reform.yaml"
    path.write_text("vi: thử\nen: a try\n" + text, encoding="utf-8")
    return read_reform(path, BOOKS)


def bases():
    months = (Month(2025, 6), Month(2025, 12), Month(2026, 1))
    return [one_month(month, WAGE, region=1).si_base for month in months]


def test_a_figure_changes_from_its_day_on_and_back_again(tmp_path):
    before = bases()
    found = reform(
        tmp_path,
        "after:\n  parameters:\n    contributions.base_cap_multiple: {since: 2026-01-01, value: 30}\n",
    )
    with applied(found.after, BOOKS):
        assert bases() == [*before[:2], 30 * 2_340_000]
    assert bases() == before


def test_a_clause_as_it_was_on_a_day(tmp_path):
    text = "before:\n  clauses:\n    contribution.lowest_base: {since: 2025-07-01, as_on: 2025-06-30}\n"
    low = {"wage": 3_000_000, "region": 1}
    assert one_month(Month(2025, 12), **low).si_base == 3_000_000
    with applied(reform(tmp_path, text).before, BOOKS):
        assert one_month(Month(2025, 12), **low).si_base == 4_960_000
    assert one_month(Month(2025, 12), **low).si_base == 3_000_000


def test_a_clause_as_a_new_function(tmp_path):
    text = (
        "after:\n  clauses:\n    contribution.lowest_base: {since: 2026-01-01, function: 'floor.py:floor'}\n"
    )
    made = "def floor(worker_group, region, scale):\n    return 2 * scale.base_salary\n"
    with applied(reform(tmp_path, text, floor=made).after, BOOKS):
        assert one_month(Month(2026, 1), 3_000_000, region=1).si_base == 4_680_000
        assert one_month(Month(2025, 12), 3_000_000, region=1).si_base == 3_000_000


def test_the_book_is_as_it_was_even_after_an_error(tmp_path):
    before = bases()
    found = reform(
        tmp_path,
        "after:\n  parameters:\n    contributions.base_cap_multiple: {since: 2016-01-01, value: 1}\n",
    )
    with pytest.raises(ZeroDivisionError), applied(found.after, BOOKS):
        _ = 1 // (bases() == before)
    assert bases() == before


def test_every_fault_is_named_at_once(tmp_path):
    with pytest.raises(BilingualError) as caught:
        reform(
            tmp_path,
            """
after:
  parameters:
    contributions.no_such: {since: 2026-01-01, value: 30}
    contributions.base_cap_multiple: {since: soon, value: 30}
  clauses:
    no.such: {since: 2026-01-01, as_on: 2025-06-30}
    contribution.lowest_base: {since: 2026-01-01, function: "nowhere.py:floor"}
    contribution.highest_base: {since: 2026-01-01, as_on: 1990-01-01}
later: {}
""",
        )
    for place in ("no_such", "base_cap_multiple", "no.such", "lowest_base", "highest_base", "later"):
        assert place in caught.value.vi
        assert place in caught.value.en


def test_a_function_outside_the_folder_or_with_other_facts_is_refused(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside.py").write_text(
        "def floor(worker_group, region, scale): return 0\n", encoding="utf-8"
    )
    for function in ("../outside.py:floor", "floor.py:floor", "floor.py:other"):
        text = f"after:\n  clauses:\n    contribution.lowest_base: {{since: 2026-01-01, function: '{function}'}}\n"
        with pytest.raises(BilingualError, match="lowest_base"):
            reform(tmp_path / "inside", text, floor="def floor(wage): return wage\n")


def test_a_reform_that_changes_nothing_is_refused(tmp_path):
    with pytest.raises(BilingualError, match="không thay đổi gì"):
        reform(tmp_path, "")


@pytest.fixture
def con():
    with duckdb.connect() as made:
        yield made


def test_a_population_comes_back_as_it_was_written(con, tmp_path):
    population.synthetic(con, 200, 7, first=Month(2026, 1), last=Month(2026, 12))
    made = con.execute("SELECT * FROM spells ORDER BY ALL").fetchall()
    people = con.execute("SELECT person_id, sex, birth, month FROM people ORDER BY ALL").fetchall()
    population.write(con, tmp_path / "people.parquet")
    assert population.load(con, tmp_path / "people.parquet") == 200
    assert con.execute("SELECT * FROM spells ORDER BY ALL").fetchall() == made
    assert con.execute("SELECT person_id, sex, birth, month FROM people ORDER BY ALL").fetchall() == people
    assert len(made) == 200 * population.SPELLS


def test_the_same_seed_gives_the_same_people(con):
    seen = []
    for seed in (1, 1, 2):
        population.synthetic(con, 50, seed, first=Month(2026, 1), last=Month(2026, 12))
        seen.append(con.execute("SELECT * FROM spells ORDER BY ALL").fetchall())
    assert seen[0] == seen[1] != seen[2]


def test_a_wrong_population_is_refused_with_every_fault(con, tmp_path):
    population.synthetic(con, 10, 7, first=Month(2026, 1), last=Month(2026, 12))
    con.execute('UPDATE spells SET "last" = "first" - 5 WHERE person_id = 3')
    con.execute("UPDATE people SET person_id = 4 WHERE person_id = 5")
    con.execute("UPDATE spells SET wage = NULL WHERE person_id = 6")
    population.write(con, tmp_path / "wrong.parquet")
    with pytest.raises(BilingualError) as caught:
        population.load(con, tmp_path / "wrong.parquet")
    for words in ("kết thúc trước khi bắt đầu", "người trùng mã", "ô trống"):
        assert words in caught.value.vi


@pytest.mark.parametrize("content", [None, b"not parquet"])
def test_a_file_that_is_no_population(con, tmp_path, content):
    path = tmp_path / "none.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BilingualError):
        population.load(con, path)
    con.execute(f"COPY (SELECT 1 AS person_id) TO '{tmp_path / 'few.parquet'}' (FORMAT parquet)")
    with pytest.raises(BilingualError, match="spells"):
        population.load(con, tmp_path / "few.parquet")


def test_days_of_a_reform_are_days(tmp_path):
    found = reform(
        tmp_path,
        "after:\n  parameters:\n    contributions.base_cap_multiple: {since: 2026-01-01, value: 30}\n",
    )
    assert found.after.parameters["contributions.base_cap_multiple"]["since"] == date(2026, 1, 1)
    assert found.before.is_empty
