"""The law-book check finds what an import cannot see."""

import ast
from datetime import date

from ansinh.law.check import problems
from ansinh.law.engine import check, instruments, provision
from ansinh.law.engine.branches import branches


def test_the_contributions_are_in_order():
    assert [one for one in problems() if "contribution" in one] == []


def test_a_version_that_no_case_applies_is_named(tmp_path):
    (tmp_path / "statute").mkdir()
    (tmp_path / "statute" / "one.yaml").write_text(
        """
of: clause
cases:
  - {clause: one_time.months_out, as_of: 2016-01-01, facts: {last_contribution: 2015-01, requested_month: 2016-01}}
  - {clause: one_time.insured_before, as_of: 2026-01-01, facts: {first_contribution: 2025-06}}
""",
        encoding="utf-8",
    )
    english = {one.rpartition(" / ")[2] for one in problems(tmp_path)}
    assert "one_time.entitled: no case applies the version since 2016-01-01" in english
    assert "one_time.entitled: no case applies the version since 2025-07-01" in english
    assert "one_time.months_out: no case applies the version since 2016-01-01" not in english
    assert "levels: no case reads base_salary since 2026-07-01" in english
    assert "one_time: no case reads insured_before since 2025-07-01" not in english


def test_a_figure_in_a_rule_is_found():
    text = """
@provision("x", clause="c", since="2016-01-01", term="t")
def rule(a):
    return min(a * 12, 20 * a)

def plain(a):
    return 20 * a
"""
    assert list(check._figures(ast.parse(text))) == [(4, 20)]


def test_a_clause_without_words_is_named():
    @provision("test.wordless", clause="58/2014/QH13", since="2016-01-01", term=" ")
    def wordless(amount):
        return amount

    found = " ".join(check._of_provision(wordless))
    assert "the term is missing" in found
    assert "the docstring is missing" in found


def test_every_branch_with_figures_is_looked_at():
    assert {"ansinh.law.contributions", "ansinh.law.late_payment"} <= set(branches())


def test_instruments_are_issued_before_or_when_they_come_into_force():
    assert [one.number for one in instruments().values() if one.in_force < one.issued] == []
    assert instruments()["41/2024/QH15"].in_force == date(2025, 7, 1)
