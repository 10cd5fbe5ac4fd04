"""Đọc chỉ tiêu và kết quả thực hiện: progress, gap, pace, forecast, the months of a year, versions of a plan.

Every function makes a fixed number of queries, whatever the number of units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from django.db.models import QuerySet

from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.steering.targets import pace
from ansinh.steering.targets.models import Difference, Figure, Indicator, Plan, PlanVersion, Target
from ansinh.steering.targets.pace import Forecast, LastYear, Status

Level = Literal["self", "children", "offices", "communes"]
Cell = tuple[int, int]
"""Unit and indicator."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Tiến độ của một đơn vị với một chỉ tiêu.

    Amounts are whole numbers in the indicator's measure; shares are of 1. `expected` is the amount due by
    `as_of`; `ahead` the share achieved less the share due (negative: behind). None where not known.
    """

    unit: Unit
    indicator: Indicator
    target: int | None
    target_is_derived: bool
    figure: Figure | None
    share: Fraction | None
    gap: int | None
    expected: Fraction | None
    ahead: Fraction | None
    forecast: Forecast | None
    status: Status

    @property
    def actual(self) -> int | None:
        """Số thực hiện."""
        return self.figure.amount if self.figure else None

    @property
    def as_of(self) -> date | None:
        """Ngày của số thực hiện."""
        return self.figure.as_of if self.figure else None

    @property
    def forecast_share(self) -> Fraction | None:
        """Dự báo cuối năm so với chỉ tiêu."""
        return Fraction(self.forecast.amount, self.target) if self.forecast and self.target else None


@dataclass(frozen=True, slots=True)
class Point:
    """Một tháng trên đường tiến độ; None where not known."""

    month: Month
    actual: int | None
    last_year: int | None
    expected: Fraction | None


@dataclass(frozen=True, slots=True)
class Board:
    """Bảng tiến độ: rows of the units asked for, the communes below when they were, and the plan they follow.

    `points` are the twelve months of the year for the unit itself, where one indicator is asked for.
    """

    plan: Plan | None
    version: PlanVersion | None
    rows: list[Progress]
    communes: list[Progress]
    points: list[Point]


@dataclass(frozen=True, slots=True)
class Change:
    """Thay đổi so với phiên bản trước: None where the unit had, or has, no such target."""

    unit: Unit
    indicator: Indicator
    month: int | None
    before: int | None
    after: int | None


def plan_of(unit: Unit, year: int, source: str) -> Plan | None:
    """Kế hoạch chi phối một đơn vị: its own, else of the nearest unit above it that has one."""
    above = [int(pk) for pk in unit.path.strip("/").split("/")]
    plans = Plan.objects.filter(unit_id__in=above, year=year, source=source).select_related("unit")
    return max(plans, key=lambda plan: len(plan.unit.path), default=None)


def version_in_force(plan: Plan, on: date | None = None) -> PlanVersion | None:
    """Phiên bản có hiệu lực vào một ngày: the last one decided up to then; without a day the latest."""
    decided = plan.versions.filter(state=PlanVersion.State.DECIDED)
    if on is not None:
        decided = decided.filter(decided_on__lte=on)
    return decided.order_by("-number").first()


def versions(plan: Plan) -> QuerySet[PlanVersion]:
    """Mọi phiên bản, mới nhất trước."""
    return plan.versions.select_related("decided_by", "prepared_by", "sealed_by").order_by("-number")


def differences(version: PlanVersion) -> QuerySet[Difference]:
    """Chênh lệch đã quyết định: with the reason given."""
    return version.differences.select_related("unit", "indicator").order_by(
        "indicator__position", "unit__name_sort"
    )


def changes(version: PlanVersion) -> list[Change]:
    """Điều chỉnh gì so với phiên bản trước: targets added, changed or dropped."""
    after = _targets_of(version)
    before = _targets_of(version.supersedes) if version.supersedes else {}
    keys = [key for key in after | before if after.get(key) != before.get(key)]
    units = Unit.objects.in_bulk({unit for unit, _, _ in keys})
    indicators = Indicator.objects.in_bulk({indicator for _, indicator, _ in keys})
    found = [
        Change(units[u], indicators[i], m, before.get((u, i, m)), after.get((u, i, m))) for u, i, m in keys
    ]
    return sorted(found, key=lambda c: (c.indicator.position, c.unit.path, c.month or 0))


def progress(
    *,
    unit: Unit,
    month: Month,
    source: str = "vss",
    level: Level = "children",
    indicators: Iterable[str] = (),
    on: date | None = None,
    communes: bool = False,
) -> Board:
    """Tiến độ đến hết một tháng: the unit first, then those of `level` below it, each with every indicator.

    `indicators` are codes (default: all that targets are set for). `on` asks for the plan as it stood then.
    `communes` asks for every commune below as well. Plan, targets and figures are read once for all of it.
    """
    wanted = list(
        Indicator.objects.filter(code__in=list(indicators))
        if indicators
        else Indicator.objects.filter(planned=True)
    )
    units = _below(unit, month, level)
    apart = _below(unit, month, "communes")[1:] if communes and level != "communes" else []
    every = {u.pk: u for u in (*units, *apart)}
    plan = plan_of(unit, month.year, source)
    version = version_in_force(plan, on) if plan else None
    targets: dict[Cell, int] = {}
    if version:
        rows = version.targets.filter(unit__in=every, indicator__in=wanted, month=None)
        targets = {(u, i): amount for u, i, amount in rows.values_list("unit_id", "indicator_id", "amount")}
    known = _figures(list(every.values()), wanted, month)
    derived = bool(version and version.derived)

    def told(of: Iterable[Unit]) -> list[Progress]:
        return [
            _progress(u, i, month, targets.get((u.pk, i.pk)), derived, known.get((u.pk, i.pk), []))
            for u in of
            for i in wanted
        ]

    found = told(units)
    if not communes:
        below = []
    elif level == "communes":
        below = [row for row in found if row.unit.pk != unit.pk]
    else:
        below = told(apart)
    points = [
        point
        for what in wanted
        if len(wanted) == 1
        for point in _points(what, month, targets.get((unit.pk, what.pk)), known.get((unit.pk, what.pk), []))
    ]
    return Board(plan, version, found, below, points)


def _points(what: Indicator, month: Month, target: int | None, known: Sequence[Figure]) -> list[Point]:
    """Đường tiến độ mười hai tháng: what was reached by each, last year's, and what was due."""
    ends = {Month.of(f.as_of): f.amount for f in known}
    found = []
    for number in range(1, 13):
        one = Month(month.year, number)
        before = LastYear(ends.get(one - 12), ends.get(Month(month.year - 1, 12)))
        due = pace.expected(what.kind, target, one.last_day, before) if target is not None else None
        found.append(Point(one, ends.get(one), ends.get(one - 12), due))
    return found


def _targets_of(version: PlanVersion) -> dict[tuple[int, int, int | None], int]:
    rows = Target.objects.filter(version=version).values_list("unit_id", "indicator_id", "month", "amount")
    return {(unit, indicator, month): amount for unit, indicator, month, amount in rows}


def _below(unit: Unit, month: Month, level: Level) -> list[Unit]:
    """The unit and those of a level below it that exist at the end of the month."""
    if level == "self":
        return [unit]
    below = Unit.objects.filter(valid_from__lte=month.last_day).exclude(valid_to__lt=month.last_day)
    if level == "children":
        below = below.filter(parent=unit)
    else:
        kinds = ["commune"] if level == "communes" else ["base_office", "district"]
        below = below.filter(path__startswith=unit.path, kind__in=kinds).exclude(pk=unit.pk)
    return [unit, *below.select_related("parent").order_by("parent__name_sort", "name_sort")]


def _figures(
    units: Sequence[Unit], indicators: Sequence[Indicator], month: Month
) -> Mapping[Cell, list[Figure]]:
    """The figures known now of last year and of this one up to the month, oldest first; one query.

    What we measured goes before what was published for the same day.
    """
    rows = (
        Figure.objects.filter(
            unit__in=units,
            indicator__in=indicators,
            as_of__gte=date(month.year - 1, 1, 1),
            as_of__lte=month.last_day,
        )
        .order_by("unit_id", "indicator_id", "as_of", "origin", "-id")
        .distinct("unit_id", "indicator_id", "as_of")
    )
    found: dict[Cell, list[Figure]] = {}
    for figure in rows:
        found.setdefault((figure.unit_id, figure.indicator_id), []).append(figure)
    return found


def _progress(
    unit: Unit, indicator: Indicator, month: Month, target: int | None, derived: bool, known: Sequence[Figure]
) -> Progress:
    ours = [f for f in known if f.as_of.year == month.year]
    if indicator.kind == Indicator.Kind.PER_MONTH:
        ours = [f for f in ours if Month.of(f.period_to) == month]
    figure = ours[-1] if ours else None
    share = gap = due = ahead = outlook = None
    if figure:
        before = _last_year(known, Month.of(figure.as_of))
        if target is not None:
            gap = target - figure.amount
            due = pace.expected(indicator.kind, target, figure.as_of, before)
        if target:
            share = Fraction(figure.amount, target)
            ahead = share - due / target if due is not None else None
        earlier = [(f.as_of, f.amount) for f in ours[:-1]]
        outlook = pace.forecast(indicator.kind, figure.amount, figure.as_of, before, earlier)
    return Progress(
        unit=unit,
        indicator=indicator,
        target=target,
        target_is_derived=derived and target is not None,
        figure=figure,
        share=share,
        gap=gap,
        expected=due,
        ahead=ahead,
        forecast=outlook,
        status=pace.status(
            better=indicator.better, target=target, actual=figure.amount if figure else None, due=due
        ),
    )


def _last_year(known: Sequence[Figure], month: Month) -> LastYear:
    ends = {f.as_of: f.amount for f in known}
    return LastYear(ends.get((month - 12).last_day), ends.get(date(month.year - 1, 12, 31)))
