"""Measuring: people once, money by the ledger, history kept; progress in a fixed number of queries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.steering.targets.desk import JUNE, unit

from ansinh.kernel.months import Month
from ansinh.office.rights import Denied
from ansinh.steering.targets import selectors, services
from ansinh.steering.targets.models import Figure
from ansinh.steering.targets.pace import Status
from ansinh.steering.targets.plans import Allocation


def measured(place, month=JUNE):
    rows = Figure.objects.filter(unit=place, period_to=month.last_day).order_by("id")
    return {
        code.removeprefix("participants."): n for code, n in rows.values_list("indicator__code", "amount")
    }


@pytest.fixture
def people(lang_son):
    """Six people of the first office, two of the second."""
    a, b = lang_son.employer("TA0001A", lang_son.one), lang_son.employer("TA0002A", lang_son.two)
    worker = lang_son.person(lang_son.tam_thanh)
    lang_son.work(worker, a)
    lang_son.work(worker, b, si=False, hi=False, ui=False)  # a second contract: work injury only
    both = lang_son.person(lang_son.tam_thanh)
    lang_son.join(both, 2)
    lang_son.join(both, 3)
    lang_son.join(lang_son.person(lang_son.ky_lua), 3)
    lang_son.card(lang_son.person(lang_son.ky_lua))
    lang_son.card(lang_son.person(lang_son.ky_lua), closed_on=date(2026, 6, 30))  # gone
    lang_son.work(lang_son.person(lang_son.tam_thanh), a, to_month=JUNE.index - 1)  # left in May
    lang_son.work(lang_son.person(lang_son.that_khe), b, ui=False)
    # works in the second office's care, lives in the first's communes
    lang_son.work(lang_son.person(lang_son.tam_thanh, lang_son.two), b, from_month=JUNE.index)
    return lang_son


def test_a_person_in_two_schemes_is_counted_once(people):
    services.measure(JUNE, unit=people.province)
    one = measured(people.one)
    # the worker; both schemes at once; household card; budget card
    assert (one["total"], one["compulsory"], one["voluntary"], one["health"]) == (4, 1, 1, 4)
    assert one["voluntary"] + one["health"] > one["total"]
    two = measured(people.two)
    assert (two["total"], two["compulsory"], two["unemployment"]) == (2, 2, 1)


def test_every_unit_of_the_tree_adds_up(people):
    services.measure(JUNE, unit=people.province)
    for name in ("total", "compulsory", "unemployment", "voluntary", "health"):
        whole = measured(people.province)[name]
        assert whole == measured(people.one)[name] + measured(people.two)[name]
    # who lives elsewhere is in the office's figure and in no commune's
    assert measured(people.two)["total"] == 2
    assert measured(people.that_khe)["total"] + measured(people.doan_ket)["total"] == 1
    assert measured(people.tam_thanh)["total"] == 2


def test_the_months_bounds(people):
    services.measure(JUNE - 1, unit=people.province)
    services.measure(JUNE + 1, unit=people.province)
    # in May: the one who left in June still there, the one who came in June not yet
    assert measured(people.one, JUNE - 1)["compulsory"] == 2
    assert measured(people.two, JUNE - 1)["compulsory"] == 1
    assert measured(people.two, JUNE + 1)["compulsory"] == 2


def test_measuring_again_writes_only_what_changed_and_keeps_what_was_known(people):
    first = services.measure(JUNE, unit=people.province)
    assert first["participants.total"] == 7  # province, two offices, four communes
    assert set(services.measure(JUNE, unit=people.province).values()) == {0}
    people.join(people.person(people.doan_ket), 2)
    again = services.measure(JUNE, unit=people.province)
    assert again["participants.total"] == again["participants.voluntary"] == 3  # commune, office, province
    assert again["participants.compulsory"] == 0
    known = Figure.objects.filter(indicator__code="participants.total", unit=people.province).order_by("id")
    assert list(known.values_list("amount", flat=True)) == [6, 7]


def test_measuring_leaves_other_provinces_alone(people):
    other = unit("province", "24", "Tỉnh Bắc Ninh", people.vss)
    services.measure(JUNE, unit=people.province)
    assert not Figure.objects.filter(unit__in=[other, people.vss]).exists()
    services.measure(JUNE, unit=people.vss)
    assert measured(people.vss)["total"] == 6
    assert measured(other)["total"] == 0


def test_money_is_the_ledgers_year_to_date(people):
    a, b = people.employers["TA0001A"], people.employers["TA0002A"]
    people.pay("1", a, Month(2025, 12), 1_000)  # another year
    people.pay("2", a, Month(2026, 1), 200_000)
    people.pay("3", a, JUNE, 50_000, kind="match")
    people.pay("4", a, JUNE, -20_000, kind="refund")
    people.pay("5", b, JUNE, 7_000)
    people.pay("6", b, JUNE + 1, 9_000)  # after
    people.pay("7", b, JUNE, 3_000, kind="allocation")  # moves within the books
    services.measure(JUNE, unit=people.province)
    assert measured(people.one)["collection.money"] == 230_000
    assert measured(people.two)["collection.money"] == 7_000
    assert measured(people.province)["collection.money"] == 237_000
    assert "collection.money" not in measured(people.tam_thanh)
    figure = Figure.objects.get(indicator__code="collection.money", unit=people.one)
    assert (figure.period_from, figure.period_to) == (date(2026, 1, 1), date(2026, 6, 30))


def test_cards_and_employers(people):
    services.measure(JUNE, unit=people.province)
    assert measured(people.province)["cards.valid"] == 1
    assert (measured(people.one)["employers.active"], measured(people.two)["employers.active"]) == (1, 1)


def test_one_statement_a_rule_whatever_the_number_of_units(people, django_assert_num_queries):
    from ansinh.steering.targets.models import Indicator

    services.load_indicators()
    rules = Indicator.objects.exclude(rule="").count()
    # savepoint and its release, dictionary, lock, staging and its end, rules, one statement each
    with django_assert_num_queries(rules + 7):
        services.measure(JUNE, unit=people.province)
    for n in range(5):
        unit("commune", f"0700{n}", f"Xã {n}", people.two)
    with django_assert_num_queries(rules + 7):
        services.measure(JUNE, unit=people.province)


def test_measuring_needs_the_right(people):
    with pytest.raises(Denied):
        services.measure(JUNE, unit=people.province, actor=people.officer("planning"))
    with pytest.raises(Denied):
        services.measure(JUNE, unit=people.province, actor=people.officer("director", at=people.one))
    assert services.measure(JUNE, unit=people.one, actor=people.officer("director", at=people.one))


@pytest.fixture
def planned(people):
    plan = services.open_plan(actor=None, unit=people.province, year=2026, source="vss")
    version = services.draft(
        actor=None, plan=plan, decision="9", decided_on=date(2026, 1, 5), decided_by=people.vss
    )
    rows = [
        ("participants.total", people.province, 10),
        ("participants.total", people.one, 4),
        ("participants.total", people.two, 6),
        ("collection.money", people.province, 600_000),
    ]
    services.cascade(actor=None, version=version, allocations=[Allocation(i, u.pk, n) for i, u, n in rows])
    services.decide(actor=None, seen=None, version=version)
    people.pay("1", people.employers["TA0001A"], Month(2026, 3), 237_000)
    services.measure(JUNE, unit=people.province)
    return people


def test_progress_gap_pace_and_forecast(planned):
    rows = selectors.progress(unit=planned.province, month=JUNE).rows
    found = {(r.unit.code, r.indicator.code): r for r in rows}
    total = found["20", "participants.total"]
    assert (total.actual, total.target, total.gap, total.share) == (6, 10, 4, Fraction(3, 5))
    assert total.status == Status.NOT_REACHED
    assert found["02001", "participants.total"].status == Status.REACHED
    money = found["20", "collection.money"]
    assert (money.expected, money.share) == (300_000, Fraction(237, 600))
    assert money.ahead == Fraction(237, 600) - Fraction(1, 2)
    assert (money.forecast.amount, money.forecast_share) == (474_000, Fraction(474, 600))
    assert money.status == Status.BEHIND
    assert found["02002", "participants.health"].status == Status.NO_TARGET
    assert [r.unit.code for r in rows[:: len(rows) // 3]] == ["20", "02001", "02002"]


def test_last_years_shape_is_used_once_it_is_known(planned):
    a = planned.employers["TA0001A"]
    planned.pay("old1", a, Month(2025, 6), 30_000)
    planned.pay("old2", a, Month(2025, 12), 70_000)
    for month in (Month(2025, 6), Month(2025, 12)):
        services.measure(month, unit=planned.vss)
    # the offices exist since July 2025: only the insurer had a figure for June 2025
    planned.pay("x", a, JUNE, 3_000)
    services.measure(JUNE, unit=planned.vss)
    row = selectors.progress(
        unit=planned.vss, month=JUNE, level="self", indicators=["collection.money"]
    ).rows[0]
    assert row.actual == 240_000
    assert row.forecast.amount == 800_000  # 240,000 ÷ 30 %


def test_a_month_without_a_figure_shows_the_last_one_known_with_its_day(planned):
    row = selectors.progress(
        unit=planned.one, month=JUNE + 2, level="self", indicators=["participants.total"]
    ).rows[0]
    assert row.as_of == date(2026, 6, 30)
    empty = selectors.progress(
        unit=planned.one, month=JUNE - 1, level="self", indicators=["participants.total"]
    ).rows[0]
    assert empty.status == Status.NO_FIGURE


def test_progress_takes_the_same_queries_for_any_number_of_units(planned, django_assert_num_queries):
    for level, units in (("children", 3), ("communes", 5), ("offices", 3)):
        with django_assert_num_queries(6):
            rows = selectors.progress(unit=planned.province, month=JUNE, level=level).rows
        assert len({r.unit for r in rows}) == units


def test_communes_beside_any_level_cost_no_more_than_their_names(planned, django_assert_num_queries):
    asked = {"unit": planned.province, "month": JUNE, "indicators": ["participants.total"]}
    alone = selectors.progress(**asked, level="communes")
    for level, queries in (("children", 7), ("offices", 7), ("self", 6), ("communes", 6)):
        with django_assert_num_queries(queries):
            board = selectors.progress(**asked, level=level, communes=True)
        assert board.communes == [row for row in alone.rows if row.unit.kind == "commune"]
        assert len(board.communes) == 4


def test_the_months_of_a_year(planned):
    services.measure(JUNE - 1, unit=planned.province)
    points = selectors.progress(
        unit=planned.province, month=Month(2026, 12), level="self", indicators=["collection.money"]
    ).points
    assert [p.actual for p in points] == [None] * 4 + [237_000, 237_000] + [None] * 6
    assert [p.expected for p in points][-1] == 600_000
    assert points[0].expected == 50_000
