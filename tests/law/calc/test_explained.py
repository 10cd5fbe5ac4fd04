"""Diễn giải: what a clerk reads has the words, the numbers, the article and the source, in both languages."""

from datetime import date
from fractions import Fraction

import pytest

from ansinh.kernel.months import Month
from ansinh.law.calc import compute
from ansinh.law.calc.comparing import compare
from ansinh.law.calc.explained import Words, explained, said

CASE = {
    "id": "two",
    "calculator": "contribution.compulsory",
    "as_of": "2025-06-30",
    "facts": {"wages": [4_000_000], "region": "I"},
}


def test_a_step_tells_words_numbers_article_and_source():
    told = explained(compute(CASE))
    lowest = next(step for step in told.steps if step.name == "contribution.lowest_base")
    assert lowest.words.vi == "tiền lương đóng thấp nhất"
    assert lowest.words.en
    assert lowest.value == Words("4.960.000", "4.960.000")
    assert "595/QĐ-BHXH, Điều 6" in lowest.clause
    (wage,) = [figure for figure in lowest.figures if figure.name.startswith("minimum_wage")]
    assert (wage.value.vi, wage.source) == ("4.960.000", "74/2024/NĐ-CP, Điều 3")


def test_facts_and_results_are_told_in_the_words_of_the_contract():
    told = explained(compute(CASE))
    assert [(line.name, line.value.vi) for line in told.given] == [
        ("wages", "4.000.000\xa0đ"),
        ("region", "I"),
    ]
    base = next(line for line in told.results if line.name == "si_base")
    assert base.words.vi == "căn cứ đóng BHXH"
    assert base.value == Words("4.960.000\xa0đ", "4.960.000 VND")


def test_figures_seen_in_no_official_text_are_listed():
    case = {**CASE, "as_of": "2017-08-01"}
    assert {figure.name for figure in explained(compute(case)).unverified} == {"base_salary"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, ("có", "yes")),
        (None, ("không có", "none")),
        (240, ("240", "240")),
        (2_340_000, ("2.340.000", "2.340.000")),
        (Fraction(41, 2), ("20,5", "20.5")),
        (Fraction(1, 3), ("1/3", "1/3")),
        (date(2026, 7, 1), ("01/07/2026", "01/07/2026")),
        (Month(2026, 7), ("07/2026", "07/2026")),
        ([], ("–", "–")),
        (list(range(7)), ("7 mục", "7 items")),
    ],
)
def test_values_in_words(value, words):
    assert said(value) == Words(*words)


def test_two_days_side_by_side():
    found = compare(CASE, date(2025, 6, 30), date(2025, 7, 1))
    assert found.differs
    rows = {row.name: row for row in found.results}
    assert (rows["si_base"].first, rows["si_base"].second) == ("4.960.000\xa0đ", "4.000.000\xa0đ")
    assert not rows["eligible"].differs
    assert "contribution.lowest_base" in {row.name for row in found.clauses}
    assert all(row.differs for row in (*found.clauses, *found.figures))


def test_one_law_twice_differs_in_nothing():
    found = compare(CASE, date(2025, 7, 1), date(2025, 7, 2))
    assert not found.differs
    assert not found.clauses
    assert not found.figures


def test_a_day_without_law_says_so_in_its_place():
    found = compare(CASE, date(2015, 1, 1), date(2025, 7, 1))
    assert found.sides[0].answer is None
    assert found.sides[0].problem is not None
    assert {row.first for row in found.results} == {"–"}
