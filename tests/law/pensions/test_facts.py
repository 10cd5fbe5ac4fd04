"""Dữ kiện của các bộ tính lương hưu: asked for where the law needs them, contradictions named."""

import pytest

from ansinh.law.calc import FactError, compute


def problems(calculator, as_of, **facts):
    with pytest.raises(FactError) as caught:
        compute({"calculator": calculator, "as_of": as_of, "facts": facts})
    return {problem.fact: problem.code for problem in caught.value.problems}


def results(calculator, as_of, **facts):
    return compute({"calculator": calculator, "as_of": as_of, "facts": facts}).results


def test_contributions_and_sex_are_required():
    found = problems("retirement.pension", "2026-01-01")
    assert set(found) == {"sex", "contributed_months | voluntary_months"}


def test_the_age_is_asked_for_only_for_reduced_capacity():
    facts = {"sex": "male", "contributed_months": 300}
    assert "early_months" not in results("retirement.pension", "2026-01-01", **facts)
    found = problems("retirement.pension", "2026-01-01", **facts, loss_rate="61%")
    assert set(found) == {"birth | birth_month | birth_year | age_months"}


def test_an_amount_is_given_only_for_a_wage():
    found = results("retirement.pension", "2026-01-01", sex="male", contributed_months=300)
    assert "pension" not in found
    assert "minimum_applied" not in found


def test_when_it_began_is_asked_for_once_it_can_be_after_07_2025():
    facts = {"sex": "male", "contributed_months": 240, "average_wage": 9_000_000}
    assert results("retirement.pension", "2045-06-01", **facts)["pension"] == 4_050_000
    assert set(problems("retirement.pension", "2045-07-01", **facts)) == {"first_contribution"}


@pytest.mark.parametrize(
    ("as_of", "facts"),
    [
        ("2025-06-01", {"sex": "male", "contributed_months": 239}),
        ("2025-06-01", {"sex": "female", "worker_group": "commune_part_time", "contributed_months": 179}),
        (
            "2025-06-01",
            {
                "sex": "female",
                "worker_group": "commune_full_time",
                "contributed_months": 170,
                "voluntary_months": 20,
            },
        ),
        ("2025-07-01", {"sex": "male", "contributed_months": 179}),
        ("2025-07-01", {"sex": "male", "contributed_months": 239, "loss_rate": "61%", "age_months": 700}),
        ("2025-07-01", {"sex": "male", "contributed_months": 0, "voluntary_months": 179}),
    ],
)
def test_too_few_months_for_a_pension_are_refused(as_of, facts):
    assert set(problems("retirement.pension", as_of, **facts).values()) == {"insufficient_contribution"}


def test_contradictions_are_named():
    early = {"contributed_months": 300, "contributed_months_at_eligibility": 301}
    assert problems("retirement.lump_sum", "2026-01-01", sex="male", **early) == {
        "contributed_months_at_eligibility": "contradiction"
    }
    amount = {"benefit_kind": "pension", "monthly_benefit": 1}
    assert problems("retirement.adjustment", "2026-01-01", **amount, benefit_month="2026-02") == {
        "benefit_month": "order"
    }
    assert problems(
        "retirement.adjustment", "2026-01-01", **amount, benefit_month="2025-01", drawn_from="2025-02"
    ) == {"drawn_from": "order"}
    born = {"sex": "male", "contributed_months": 300, "loss_rate": "61%", "birth": "2030-01-01"}
    assert problems("retirement.pension", "2026-01-01", **born) == {"birth": "order"}


def test_missing_facts_of_an_adjustment_are_named():
    amount = {"benefit_kind": "pension", "monthly_benefit": 3_000_000}
    assert problems("retirement.adjustment", "2023-07-01", **amount, benefit_month="2023-06") == {
        "adjusted_by_decree_108_2021 | drawn_from": "missing_fact"
    }
    assert problems("retirement.adjustment", "2026-07-01", **amount, benefit_month="2026-06") == {
        "drawn_from": "missing_fact"
    }
