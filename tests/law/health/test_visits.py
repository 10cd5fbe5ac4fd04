"""Quỹ trả cho một lần khám: what holds of every visit, and the same by columns as one by one."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh.kernel.months import Month
from ansinh.law.calc import compute
from ansinh.law.calc.facts import FactError
from ansinh.law.health import (
    BOOK,
    FacilityLevel,
    FormerTier,
    Group,
    Route,
    Visit,
    continuous_from,
    is_basic,
    visit,
    visit_shares,
)
from ansinh.law.health.columns import program
from ansinh.law.health.exemptions import CopaymentYear, exemption
from ansinh.law.health.visits import FIRST_MONTH

MONTHS = st.sampled_from(
    [
        Month(2015, 1),
        Month(2015, 12),
        Month(2018, 11),
        Month(2018, 12),
        Month(2020, 12),
        Month(2021, 1),
        Month(2023, 7),
        Month(2024, 12),
        Month(2025, 1),
        Month(2025, 6),
        Month(2025, 7),
        Month(2026, 6),
        Month(2026, 7),
        Month(2030, 1),
    ]
)


@st.composite
def visits(draw):
    month = draw(MONTHS)
    five_years = draw(st.booleans())
    return Visit(
        month=month.index,
        insured_group=draw(st.sampled_from(list(Group))),
        route=draw(st.sampled_from(list(Route))),
        facility=draw(st.sampled_from(list(FacilityLevel))),
        tier=draw(st.sampled_from(list(FormerTier))),
        points=draw(st.integers(0, 100)),
        inpatient=draw(st.booleans()),
        listed_disease=draw(st.booleans()),
        hard_area=draw(st.booleans()),
        polyclinic=draw(st.booleans()),
        cost=draw(st.one_of(st.integers(0, 500_000), st.integers(0, 2_000_000_000))),
        five_years=five_years,
        exempt=five_years and draw(st.booleans()),
        copayment_left=draw(st.integers(0, 20_000_000)),
    )


def scale_of(row):
    return BOOK.on(Month.from_index(row.month))


@given(visits())
def test_parts_make_the_cost_and_none_is_negative(row):
    paid = visit_shares(row, scale_of(row))
    assert paid.fund + paid.copayment + paid.beyond_ratio == row.cost
    assert min(paid.fund, paid.copayment, paid.beyond_ratio) >= 0
    assert 0 <= paid.ratio <= 1
    assert 0 < paid.level <= 1


@given(visits())
def test_an_emergency_is_never_worse_than_coming_by_oneself(row):
    alone = row._replace(route=Route.SELF, five_years=False, exempt=False)
    saved = alone._replace(route=Route.EMERGENCY)
    assert visit(saved, scale_of(row)).fund >= visit(alone, scale_of(row)).fund


@given(visits())
def test_exemption_never_costs_the_patient_more(row):
    plain = row._replace(five_years=False, exempt=False)
    exempt = row._replace(five_years=True, exempt=True, copayment_left=0)
    assert visit(exempt, scale_of(row)).fund >= visit(plain, scale_of(row)).fund


@settings(max_examples=20)
@given(st.lists(visits(), min_size=1, max_size=60))
def test_columns_say_what_one_by_one_says(rows):
    with duckdb.connect() as con:
        compiled = program()
        names = ", ".join(f"{name} {column.type}" for name, column in compiled.inputs.items())
        con.execute(f"CREATE TABLE facts ({names})")
        marks = ", ".join("?" * len(compiled.inputs))
        con.executemany(
            f"INSERT INTO facts VALUES ({marks})",
            [[number, *(plain(value) for value in row)] for number, row in enumerate(rows)],
        )
        found = compiled.run(con).order("row_id").fetchall()
    assert found == [(number, *visit(row, scale_of(row))) for number, row in enumerate(rows)]


def plain(value):
    return value if isinstance(value, bool) else int(value)


def test_columns_begin_with_the_law_of_2014():
    assert Month(2015, 1) == FIRST_MONTH
    assert "fund" in program(Month(2026, 7), Month(2026, 12)).outputs


def asked(**facts):
    return compute({"calculator": "health.visit", "as_of": "2026-07-01", "facts": facts})


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"group": "employee"}, "cost | copaid | transport_km"),
        ({"group": "employee", "cost": 1}, "inpatient"),
        ({"group": "employee", "cost": 1, "inpatient": True, "route": "right"}, "facility_level"),
        ({"group": "employee", "copaid": 1}, "continuous_from | cards"),
        ({"group": "employee", "copaid": 1, "continuous_from": "2020-01-01"}, "copaid_before_change"),
        (
            {
                "group": "employee",
                "cost": 1,
                "inpatient": True,
                "route": "right",
                "facility_level": "basic",
                "continuous_from": "2020-01-01",
            },
            "copaid",
        ),
        ({"group": "poor", "transport_km": "3"}, "petrol_price"),
        (
            {
                "group": "poor",
                "cost": 1,
                "inpatient": True,
                "route": "self",
                "facility_level": "basic",
                "facility_points": 70,
            },
            "facility_points",
        ),
        (
            {
                "group": "employee",
                "copaid": 1,
                "copaid_before_change": 2,
                "continuous_from": "2020-01-01",
            },
            "copaid_before_change",
        ),
        (
            {
                "group": "employee",
                "copaid": 1,
                "copaid_before_change": 1,
                "continuous_from": "2020-01-01",
                "cards": [{"from": "2021-01-01", "to": "2026-12-31"}],
            },
            "continuous_from",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named(facts, fact):
    with pytest.raises(FactError) as error:
        asked(**facts)
    assert error.value.problems[0].fact == fact


@pytest.mark.parametrize(("points", "expected"), [(69, True), (70, False)])
def test_the_basic_level_ends_below_70_points(points, expected):
    assert is_basic(points, BOOK.on("2026-07-01")) is expected


def test_before_2025_the_tier_is_asked():
    with pytest.raises(FactError) as error:
        compute(
            {
                "calculator": "health.visit",
                "as_of": "2024-12-31",
                "facts": {"group": "employee", "cost": 1, "inpatient": True, "route": "right"},
            }
        )
    assert error.value.problems[0].fact == "former_tier"


@pytest.mark.parametrize(
    ("resumed", "start"),
    [
        (date(2018, 4, 1), date(2015, 1, 1)),  # three months off, 01/01 to 31/3
        (date(2018, 4, 2), date(2018, 4, 2)),
    ],
)
def test_a_gap_of_three_months_before_07_2025(resumed, start):
    cards = [(date(2015, 1, 1), date(2017, 12, 31)), (resumed, date(2026, 12, 31))]
    assert continuous_from(cards, date(2026, 1, 1)) == start


@pytest.mark.parametrize(
    ("resumed", "start"),
    [(date(2025, 10, 29), date(2015, 1, 1)), (date(2025, 10, 30), date(2025, 10, 30))],
)
def test_a_gap_of_90_days_from_07_2025(resumed, start):
    cards = [(date(2015, 1, 1), date(2025, 7, 30)), (resumed, date(2026, 12, 31))]
    assert continuous_from(cards, date(2026, 1, 1)) == start


def test_no_valid_card_no_time():
    assert continuous_from([(date(2015, 1, 1), date(2025, 7, 30))], date(2026, 1, 1)) is None
    assert continuous_from([], date(2026, 1, 1)) is None


DAY_BEFORE = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("cards", "on", "since"),
    [
        # A card holds on its first and on its last day.
        ([(date(2025, 1, 1), date(2025, 12, 31))], date(2025, 1, 1), date(2025, 1, 1)),
        ([(date(2025, 1, 1), date(2025, 12, 31))], date(2025, 12, 31), date(2025, 1, 1)),
        ([(date(2025, 1, 1), date(2025, 12, 31))], DAY_BEFORE, None),
        # The day after the last is no gap; a card inside another changes nothing of its end.
        (
            [(date(2020, 1, 1), DAY_BEFORE), (date(2025, 1, 1), date(2026, 1, 1))],
            date(2025, 6, 1),
            date(2020, 1, 1),
        ),
        (
            [
                (date(2020, 1, 1), date(2025, 6, 30)),
                (date(2021, 1, 1), date(2021, 1, 31)),
                (date(2025, 7, 1), date(2026, 12, 31)),
            ],
            date(2026, 1, 1),
            date(2020, 1, 1),
        ),
        # 90 days of gap are none under Decree 188/2025, Điều 18 khoản 1; the ninety-first begins anew.
        (
            [(date(2020, 1, 1), date(2025, 12, 31)), (date(2026, 4, 1), date(2026, 12, 31))],
            date(2026, 5, 1),
            date(2020, 1, 1),
        ),
        (
            [(date(2020, 1, 1), date(2025, 12, 31)), (date(2026, 4, 2), date(2026, 12, 31))],
            date(2026, 5, 1),
            date(2026, 4, 2),
        ),
    ],
)
def test_insurance_lasts_from_card_to_card(cards, on, since):
    assert continuous_from(cards, on) == since


@pytest.mark.parametrize(
    ("on", "year", "exempt", "left"),
    [
        # Until 06/2025: more than six base salaries of 2,340,000.
        ("2025-06-30", (14_040_000, 0, 2_340_000), False, 0),
        ("2025-06-30", (14_040_001, 0, 2_340_000), True, 0),
        ("2025-06-30", (14_039_999, 0, 2_340_000), False, 1),
        ("2025-07-01", (14_040_000, 0, 2_340_000), False, 0),
        ("2025-07-01", (14_040_001, 0, 2_340_000), True, 0),
        # The base rises to 2,530,000: three months unpaid at the old base are due at the new, 7,590,000.
        ("2026-07-01", (14_610_000, 7_020_000, 2_340_000), False, 0),
        ("2026-07-01", (14_610_001, 7_020_000, 2_340_000), True, 0),
        ("2026-07-01", (14_609_999, 7_020_000, 2_340_000), False, 1),
        # Six paid at the old base are enough.
        ("2026-07-01", (14_040_000, 14_040_000, 2_340_000), True, 0),
    ],
)
def test_six_base_salaries_of_the_year(on, year, exempt, left):
    assert exemption.on(on)(CopaymentYear(*year), BOOK.on(on)) == (exempt, left)
