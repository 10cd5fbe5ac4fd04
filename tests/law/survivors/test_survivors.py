"""What holds for every survivors' benefit: order, floors, and the facts asked for."""

import pickle
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law import survivors
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.retirement import Sex
from ansinh.law.survivors import BOOK, Deceased, FactNeededError, Family, Relation, Relative

DAYS = st.sampled_from(["2016-01-01", "2025-06-30", "2025-07-01", "2026-07-01"])
MONTHS = st.integers(0, 480)


@given(DAYS, MONTHS, MONTHS)
def test_more_months_never_lose_the_funeral_allowance(day, compulsory, voluntary):
    scale, due = BOOK.on(day), survivors.funeral_due.on(day)
    if due(Deceased(compulsory, voluntary), scale):
        assert due(Deceased(compulsory + 1, voluntary), scale)
        assert due(Deceased(compulsory, voluntary + 1), scale)


@given(DAYS, MONTHS)
def test_the_monthly_allowance_asks_for_fifteen_compulsory_years(day, compulsory):
    assert survivors.monthly_due.on(day)(Deceased(compulsory, 480), BOOK.on(day)) == (compulsory >= 180)


@given(st.integers(0, 600), st.integers(0, 10**8))
def test_each_month_drawn_is_half_a_pension_less_down_to_three(drawn, pension):
    scale = BOOK.on("2026-01-01")
    now, later = survivors.pension_months(drawn, scale), survivors.pension_months(drawn + 1, scale)
    assert now - later == (Fraction(1, 2) if drawn >= 2 else 0)
    assert survivors.of_pension(now, pension, scale) >= 3 * pension


@given(st.integers(0, 100), st.integers(1, 10**8), st.integers(0, 1))
def test_the_floor_holds_with_compulsory_time_alone(halves, wage, compulsory):
    amount = survivors.by_years(Fraction(halves, 2), Fraction(wage), compulsory, BOOK.on("2024-01-01"))
    assert amount >= halves * wage // 2
    assert not compulsory or amount >= 3 * wage


@given(DAYS, st.integers(0, 40), st.booleans())
def test_a_child_is_entitled_by_age_or_loss(day, age, incapable):
    relative = Relative(
        Relation.CHILD, age_years=age, income=0, loss_rate=Fraction("0.81") if incapable else None
    )
    month = Month.of(date.fromisoformat(day))
    found = survivors.relative_entitled.on(day)(relative, month, BOOK.on(day))
    assert found.eligible == (age < 18 or incapable)


@given(DAYS, st.integers(0, 1200), st.sampled_from(list(Sex)))
def test_who_is_of_age_stays_so(day, months, sex):
    month = Month.of(date.fromisoformat(day))
    relative = Relative(Relation.SPOUSE, sex=sex, born=month - months, income=0)
    entitled = survivors.relative_entitled.on(day)
    if entitled(relative, month, BOOK.on(day)).eligible:
        assert entitled(relative._replace(born=month - months - 1), month, BOOK.on(day)).eligible


@given(DAYS, st.integers(0, 100), st.sampled_from(list(Sex)))
def test_an_age_in_years_says_the_same_as_the_months_it_may_stand_for(day, age, sex):
    month = Month.of(date.fromisoformat(day))
    relative = Relative(Relation.SPOUSE, sex=sex, age_years=age, income=0)
    entitled, scale = survivors.relative_entitled.on(day), BOOK.on(day)
    spread = {
        entitled(relative._replace(born=month - 12 * age - odd, age_years=None), month, scale).eligible
        for odd in range(12)
    }
    if len(spread) == 1:
        assert entitled(relative, month, scale).eligible in spread
    else:
        with pytest.raises(FactNeededError, match="birth"):
            entitled(relative, month, scale)


def test_nobody_is_left_monthly_who_is_due_a_lump_sum():
    for day in ("2025-06-30", "2025-07-01"):
        due = survivors.lump_sum_due.on(day)
        assert due(Family(False, 0, False)).eligible
        assert due(Family(True, 0, False)).eligible
        assert not due(Family(True, 1, False)).eligible


CHILD = {"relation": "child", "age_years": 5}


@pytest.mark.parametrize(
    ("calculator", "facts", "asked"),
    [
        ("survivors.funeral", {"cause": "disease"}, "contributed_months"),
        ("survivors.funeral", {}, "contributed_months | voluntary_months | cause | benefit_kind"),
        ("survivors.monthly", {"relatives": [CHILD], "cause": "accident"}, "contributed_months"),
        ("survivors.monthly", {"relatives": [CHILD], "benefit_kind": "work_injury_allowance"}, "loss_rate"),
        (
            "survivors.monthly",
            {"relatives": [{"relation": "child"}], "cause": "work_accident"},
            "relatives[0].birth",
        ),
        (
            "survivors.monthly",
            {"relatives": [{"age_years": 5}], "cause": "work_accident"},
            "relatives[0].relation",
        ),
        (
            "survivors.monthly",
            {"relatives": [{"relation": "spouse", "age_years": 70, "income": 0}], "benefit_kind": "pension"},
            "relatives[0].sex",
        ),
        (
            "survivors.monthly",
            {"relatives": [{"relation": "mother", "age_years": 70}], "benefit_kind": "pension"},
            "relatives[0].income",
        ),
        (
            "survivors.monthly",
            {
                "relatives": [{"relation": "mother", "age_years": 70, "income": 0, "spouse_dead": True}],
                "benefit_kind": "pension",
            },
            "relatives[0].other_children",
        ),
        (
            "survivors.monthly",
            {"relatives": [CHILD], "contributed_months": 180, "other_deceased": [{"cause": "accident"}]},
            "other_deceased[0].contributed_months",
        ),
        ("survivors.lump_sum", {"monthly_benefit": 1}, "benefit_kind"),
        (
            "survivors.lump_sum",
            {"monthly_benefit": 1, "benefit_kind": "pension"},
            "drawn_months | drawn_from",
        ),
        ("survivors.lump_sum", {"contributed_months": 180, "choose_lump": True}, "relatives"),
        (
            "survivors.lump_sum",
            {"contributed_months": 170, "average_wage": 1, "cause": "disease"},
            "contributed_months_before_2014",
        ),
    ],
)
def test_missing_facts_are_named(calculator, facts, asked):
    with pytest.raises(FactError) as caught:
        compute({"calculator": calculator, "as_of": "2024-03-01", "facts": facts})
    assert asked in {problem.fact for problem in caught.value.problems}


def test_who_is_refused_is_not_entitled():
    entitled, scale = survivors.relative_entitled.on("2026-12-10"), BOOK.on("2026-12-10")
    young = entitled(Relative(Relation.MOTHER, age_years=56, income=0), Month(2026, 12), scale)
    rich = entitled(Relative(Relation.MOTHER, age_years=70, income=50_000_000), Month(2026, 12), scale)
    assert (young.eligible, young.reason) == (False, "under_age")
    assert (rich.eligible, rich.reason) == (False, "above_maximum")


def test_only_a_rate_of_who_is_uncared_for_falls_later():
    spouse = {"relation": "spouse", "sex": "female", "age_years": 60, "income": 0}
    facts = {"contributed_months": 180, "cause": "disease"}
    for other_children, later in ((0, True), (1, False)):
        relatives = [spouse | {"other_children": other_children}, CHILD]
        found = answered("survivors.monthly", **facts, relatives=relatives)["benefits"]
        assert ("rate_later" in found[0]) == later
        assert "rate_later" not in found[1]


def test_no_month_contributed_has_no_amount():
    assert answered("survivors.lump_sum", contributed_months=0, average_wage=5_000_000) == {"eligible": True}


def test_a_missing_fact_keeps_its_name_on_its_way_to_another_process():
    assert pickle.loads(pickle.dumps(FactNeededError("birth"))).name == "birth"  # noqa: S301 - our own


def answered(calculator, **facts):
    return compute({"calculator": calculator, "as_of": "2026-12-10", "facts": facts}).results
