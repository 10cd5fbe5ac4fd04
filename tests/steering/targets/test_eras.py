"""Published figures in the record, progress of 2023, and figures by the units of another era."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import transaction

from ansinh.kernel.months import Month
from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.steering.targets import eras, selectors, services
from ansinh.steering.targets.models import Figure, Indicator, PlanVersion
from ansinh.steering.targets.published import BadFigure, book, read

IN_2023, IN_2026 = date(2023, 12, 31), date(2026, 6, 30)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Units and published figures, once for the module; each test is nested in this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        units.load()
        yield services.load_published()
        transaction.set_rollback(True)


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("targets-eras"),
    pytest.mark.usefixtures("loaded"),
]


def test_a_second_load_writes_nothing(loaded):
    assert loaded.figures == len(book().figures)
    assert loaded.targets == sum(1 for f in book().figures.values() if f.target)
    assert services.load_published() == services.Loaded(0, 0)


def test_a_published_figure_does_not_change():
    text = """
articles: {"002": {topic: t, as_of: 2023-02-28}}
figures: [{key: F05, article: "002", about: "20", indicator: participants.total, amount: 694706}]
"""
    with pytest.raises(BadFigure) as refused:
        services.load_published(read(text))
    assert refused.value.code == "figure.changed"


def test_what_is_kept_of_a_figure():
    more = Figure.objects.get(source="F09")
    assert (more.qualifier, more.low, more.high) == ("more_than", 207 * 10**9, 208 * 10**9)
    assert (more.period_from, more.period_to) == (date(2023, 1, 1), date(2023, 2, 28))
    assert more.published_on == date(2023, 3, 16)
    population = Figure.objects.get(source="F08")
    assert population.derived
    assert (population.amount, population.low, population.high) == (802_114, 797_423, 806_861)
    late = [f.source for f in Figure.objects.all() if f.stands_after_publication]
    assert sorted(late) == ["F20", "F21"]
    assert Figure.objects.get(source="F26.workers").unit.name == "Tỉnh Bắc Giang"


def test_progress_of_2023_comes_back_from_the_record():
    """Nam Định to 15/12/2023, as it was reported: 96.58, 79.95, 96.72 and 98.78 percent."""
    nam_dinh = units.unit("province", "36", IN_2023)
    rows = {
        r.indicator.code: r
        for r in selectors.progress(unit=nam_dinh, month=Month(2023, 12), level="self").rows
    }
    expected = {
        "participants.compulsory": ("0.9658", 7_523),
        "participants.voluntary": ("0.7995", 6_144),
        "participants.unemployment": ("0.9672", 6_820),
        "participants.health": ("0.9878", 20_867),
    }
    for code, (share, gap) in expected.items():
        assert round(rows[code].share, 4) == Fraction(share)
        assert rows[code].gap == gap
        assert rows[code].target_is_derived
    assert rows["participants.total"].figure is None


def test_collection_of_february_2023_is_behind_the_even_pace():
    """11.4 % of the year's target against 2/12: 5.27 points behind."""
    row = selectors.progress(
        unit=units.unit("province", "20", IN_2023),
        month=Month(2023, 2),
        level="self",
        indicators=["collection.money"],
    ).rows[0]
    assert round(row.ahead * 100, 2) == Fraction("-5.27")
    assert row.status.words[0] == "Chậm tiến độ"


def test_derived_targets_say_so_and_carry_their_interval():
    versions = PlanVersion.objects.filter(derived=True)
    assert {(v.plan.unit.code, v.plan.year) for v in versions} == {("36", 2023), ("20", 2023)}
    target = versions.get(plan__unit__code="20").targets.get(indicator__code="participants.total")
    assert (target.low, target.amount, target.high) == (760_695, 760_737, 760_779)


def figure_of(code, on, amount, qualifier="exact", kind="province"):
    wide = 0 if qualifier == "exact" else 10
    return Figure.objects.create(
        indicator=Indicator.objects.get(code="participants.health"), unit=units.unit(kind, code, on), period_from=on,
        period_to=on, as_of=on, amount=amount, low=amount, high=amount + wide, qualifier=qualifier, origin="measured",
        source="t",
    )  # fmt: skip


def test_figures_of_2023_by_the_provinces_of_2026():
    figures = [
        figure_of("20", IN_2023, 100), figure_of("24", IN_2023, 11, "more_than"), figure_of("27", IN_2023, 13),
    ]  # fmt: skip
    rows = {r.unit.name: r for r in eras.report(figures, IN_2026)}
    assert rows["Tỉnh Lạng Sơn"].amount == 100
    merged = rows["Tỉnh Bắc Ninh"]
    assert (merged.amount, merged.low, merged.high, merged.qualifier) == (24, 24, 34, "about")
    assert all(row.is_complete for row in rows.values())


def test_a_merged_province_is_incomplete_while_a_part_is_missing():
    rows = eras.report([figure_of("24", IN_2023, 11)], IN_2026)
    assert [(r.unit.name, r.amount) for r in rows] == [("Tỉnh Bắc Ninh", 11)]
    assert not rows[0].is_complete
    assert "Tỉnh Bắc Ninh" in rows[0].note


def test_figures_of_2026_by_the_provinces_of_2023():
    rows = eras.report([figure_of("20", IN_2026, 100), figure_of("24", IN_2026, 50)], IN_2023)
    assert [(r.unit.name if r.unit else None, r.amount) for r in rows] == [("Tỉnh Lạng Sơn", 100), (None, 50)]
    assert units.NO_DATA in rows[1].note


def test_figures_of_districts_by_base_offices():
    rows = eras.report([figure_of("180", IN_2023, 9, kind="district")], IN_2026, by="office")
    assert [(r.unit.name, r.amount) for r in rows] == [("BHXH cơ sở Tràng Định", 9)]


def test_the_same_number_of_queries_for_any_number_of_figures(django_assert_num_queries):
    provinces = Unit.objects.filter(kind="province", valid_to=date(2025, 6, 30)).order_by("code")
    for many in (1, 40):
        figures = [figure_of(p.code, IN_2023, 5) for p in provinces[:many]]
        with django_assert_num_queries(3):
            assert eras.report(figures, IN_2026)
