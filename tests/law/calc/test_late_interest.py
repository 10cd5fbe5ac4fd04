"""Bộ tính contribution.late_interest: shapes of facts that the printed examples do not show."""

import pytest

from ansinh.law.calc import FactError, compute


def results(as_of, **facts):
    case = {"calculator": "contribution.late_interest", "as_of": as_of, "facts": facts}
    return compute(case).as_json()["results"]


def test_several_periods_of_rates_and_carried_interest():
    found = results(
        "2017-07-01",
        kind="late",
        amount=50_000_000,
        late_from="2016-01",
        late_to="2017-06",
        late_rates=[
            {"from": "2016-01", "to": "2016-12", "rate": "1%"},
            {"from": "2017-01", "to": "2017-06", "rate": "1.2%"},
        ],
        carried_interest=7_000_000,
        principal=50_000_000,
    )
    assert found["months"] == 18
    assert found["interest_amount"] == 9_600_000
    assert found["interest_total"] == 16_600_000
    assert found["payable"] == 66_600_000


TWO_RATES = [
    {"from": "2016-01", "to": "2016-12", "rate": "1%"},
    {"from": "2017-01", "to": "2017-06", "rate": "1.2%"},
]


@pytest.mark.parametrize(
    "told",
    [
        {"amount": 50_000_000},
        {"amount": 50_000_000, "late_from": "2016-01"},
        {"amount": 50_000_000, "late_from": "2016-01", "late_months": 18},
        {"debts": [{"fund": "si", "overdue": 50_000_000}], "late_from": "2016-01", "late_to": "2017-06"},
    ],
)
def test_the_time_of_the_rates_is_the_time_of_the_delay(told):
    found = results("2017-07-01", kind="late", late_rates=TWO_RATES, **told)
    assert (found["months"], found["interest_amount"]) == (18, 9_600_000)


def test_an_open_period_of_rates_needs_an_end():
    open_ended = [{"from": "2016-01", "rate": "1%"}]
    with pytest.raises(FactError, match="late_to"):
        results("2017-07-01", kind="late", amount=50_000_000, late_rates=open_ended)
    found = results("2017-07-01", kind="late", amount=50_000_000, late_rates=open_ended, month="2017-07")
    assert (found["months"], found["interest_amount"]) == (1, 500_000)


def test_items_are_computed_in_the_month_of_the_day_unless_another_is_told():
    items = [{"month": "2015-01", "amount": 50_000_000}]
    facts = {"kind": "evasion", "late_rate_month": "1.065%", "items": items}
    assert results("2016-05-01", **facts) == results("2016-05-01", month="2016-05", **facts)


def test_one_month_of_a_late_debt_with_interest_carried_over():
    # 600 million overdue, 0.7% a month earned by the fund, 50 million of older interest.
    found = results(
        "2016-01-31", kind="late", amount=600_000_000, fund_rate_month="0.7%", carried_interest=50_000_000
    )
    assert found["interest_amount"] == 8_400_000
    assert found["interest_total"] == 58_400_000


def test_late_month_by_month_adds_up():
    # Ten workers' health contributions of January to May 2017, 4.5 million a month at 1%: 4 + 3 + 2 + 1 months.
    items = [{"month": f"2017-{n:02d}", "amount": 4_500_000} for n in range(1, 6)]
    found = results("2017-06-01", kind="late", month="2017-06", late_rate_month="1%", items=items)
    assert found["item_months"] == [4, 3, 2, 1, 0]
    assert found["interest_amount"] == 450_000


@pytest.mark.parametrize("kind", ["late", "evasion", "arrears"])
def test_daily_charge_is_the_same_for_every_kind(kind):
    assert results("2025-07-01", kind=kind, amount=3_398_400, days_late=10)["interest_amount"] == 10_195


def test_daily_charge_is_rounded_fund_by_fund():
    debts = [{"fund": "si", "overdue": 5_000}, {"fund": "hi", "debt": 9_000, "not_due": 4_000}]
    found = results("2026-01-31", kind="late", debts=debts, days_late=1)
    assert (found["si_interest"], found["hi_interest"], found["interest_amount"]) == (2, 2, 4)
    assert found["interest_base"] == 10_000


def test_until_2015_unpaid_interest_bears_interest():
    debts = [{"fund": "si", "overdue": 100_000_000}]
    facts = {"kind": "late", "debts": debts, "late_rate_month": "1%", "carried_interest": 10_000_000}
    assert results("2015-12-01", **facts)["interest_amount"] == 1_100_000
    assert results("2016-01-01", **facts)["interest_amount"] == 1_000_000


def test_return_of_2020_is_read_and_marked_unverified():
    case = {
        "calculator": "contribution.late_interest",
        "as_of": "2020-03-01",
        "facts": {"kind": "late", "debts": [{"fund": "si", "overdue": 100_000_000}]},
    }
    answer = compute(case)
    assert answer.results["interest_amount"] == 966_600
    assert [use.name for use in answer.unverified] == ["fund_return"]
    assert answer.as_json()["unverified"][0]["source"].startswith("595/QĐ-BHXH")


def test_every_figure_has_its_step_and_article():
    case = {
        "calculator": "contribution.late_interest",
        "as_of": "2026-01-31",
        "facts": {"kind": "late", "amount": 10_000_000, "days_late": 30},
    }
    (step,) = compute(case).as_json(explained=True)["steps"]
    assert step["value"] == 90_000
    assert step["facts"] == {"amount": 10_000_000, "days": 30, "daily_rate": "0.0003"}
    assert step["clause"].startswith("41/2024/QH15, Điều 40")
