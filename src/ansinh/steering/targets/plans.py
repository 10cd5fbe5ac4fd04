"""Lập và kiểm tra kế hoạch: allocations, everything wrong with a list of them, and what is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.relations import UNIT
from ansinh.office.rights import Actor
from ansinh.steering.targets.models import Indicator, PlanVersion, Target

EDIT = "target.edit"
LARGEST = 2**63 - 1

Key = tuple[int, int, int | None]
"""Indicator, unit, month."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """Một dòng giao: indicator code, unit id, whole amount, and the month (index) or None for the year."""

    indicator: str
    unit_id: int
    amount: int
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Một lỗi: the position of the allocation in the list (from 0; -1: the whole list), and the words."""

    position: int
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.vi} / {self.en}"


class PlanError(BilingualError):
    """Không nhận kế hoạch: `problems` holds everything found wrong, not only the first."""

    def __init__(self, vi: str, en: str, *, code: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(vi, en, code=code)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Gap:
    """Chênh lệch: a unit's target and the sum of its children's, where they differ."""

    indicator_id: int
    unit_id: int
    month: int | None
    parent_amount: int
    children_amount: int

    @property
    def amount(self) -> int:
        """Positive: not yet allocated. Negative: more was allocated than assigned."""
        return self.parent_amount - self.children_amount


@dataclass(frozen=True, slots=True)
class Checked:
    """Danh sách đã kiểm tra: rows ready to write, and all problems."""

    rows: tuple[Target, ...]
    problems: tuple[Problem, ...]


def check(version: PlanVersion, allocations: Sequence[Allocation], actor: Actor | None) -> Checked:
    """Kiểm tra mọi dòng giao: against the version they go into; a fixed number of queries."""
    indicators = {i.code: i for i in Indicator.objects.all()}
    units = Unit.objects.in_bulk({a.unit_id for a in allocations})
    known = set(version.targets.values_list("indicator_id", "unit_id", "month"))
    coming = {
        (indicators[a.indicator].pk, a.unit_id, a.month) for a in allocations if a.indicator in indicators
    }
    seen: Counter[tuple[str, int, int | None]] = Counter()
    rows, problems = [], []
    for position, allocation in enumerate(allocations):
        seen[allocation.indicator, allocation.unit_id, allocation.month] += 1
        twice = seen[allocation.indicator, allocation.unit_id, allocation.month] > 1
        indicator, unit = indicators.get(allocation.indicator), units.get(allocation.unit_id)
        found = list(_wrong(version, allocation, indicator, unit, actor))
        if twice:
            found.append(("Đơn vị được giao hai lần cùng chỉ tiêu", "The unit is given this target twice"))
        if indicator and unit and unit.pk != version.plan.unit_id:
            above = (indicator.pk, unit.parent_id, allocation.month)
            if above not in known | coming:
                found.append(
                    (
                        f"Cấp trên của {unit} chưa được giao chỉ tiêu này",
                        f"The unit above {unit} has no such target",
                    )
                )
        problems += [Problem(position, vi, en) for vi, en in found]
        if not found and indicator and unit:
            rows.append(
                Target(
                    version=version,
                    indicator=indicator,
                    unit=unit,
                    month=allocation.month,
                    amount=allocation.amount,
                )
            )
    return Checked(tuple(rows), tuple(problems))


def _wrong(
    version: PlanVersion,
    allocation: Allocation,
    indicator: Indicator | None,
    unit: Unit | None,
    actor: Actor | None,
) -> Iterable[tuple[str, str]]:
    plan = version.plan
    if indicator is None:
        yield f"Không có chỉ tiêu {allocation.indicator}", f"There is no indicator {allocation.indicator}"
    elif not indicator.planned:
        yield f"Chỉ tiêu {indicator} không giao kế hoạch", f"No targets are set for {indicator.name_en}"
    if unit is None:
        yield f"Không có đơn vị số {allocation.unit_id}", f"There is no unit {allocation.unit_id}"
    else:
        if not unit.path.startswith(plan.unit.path):
            yield f"{unit} không thuộc {plan.unit}", f"{unit} does not belong to {plan.unit}"
        if not lasts(unit, plan.year):
            yield f"{unit} không tồn tại trong năm {plan.year}", f"{unit} did not exist in {plan.year}"
        if actor is not None and not unit.path.startswith(actor.paths(EDIT)):
            yield f"{unit} ngoài phạm vi được phân quyền", f"{unit} is outside your scope"
    if not 0 <= allocation.amount <= LARGEST:
        yield f"Số giao không hợp lệ: {allocation.amount}", f"Not an amount to assign: {allocation.amount}"
    if allocation.month is not None and allocation.month // 12 != plan.year:
        month = Month.from_index(allocation.month)
        yield f"Tháng {month.vi()} không thuộc năm {plan.year}", f"Month {month} is not of {plan.year}"


def lasts(unit: Unit, year: int) -> bool:
    """Whether the unit existed on some day of the year."""
    return unit.valid_from <= date(year, 12, 31) and (
        unit.valid_to is None or unit.valid_to >= date(year, 1, 1)
    )


def gaps(version: PlanVersion) -> list[Gap]:
    """Chênh lệch của mọi đơn vị đã giao xuống: parents whose children do not add up to them; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT p.indicator_id, p.unit_id, p.month, p.amount, sum(c.amount)::bigint
               FROM targets_target p
               JOIN {UNIT} u ON u.parent_id = p.unit_id
               JOIN targets_target c ON c.version_id = p.version_id AND c.indicator_id = p.indicator_id
                AND c.unit_id = u.id AND c.month IS NOT DISTINCT FROM p.month
               WHERE p.version_id = %s
               GROUP BY p.id, p.indicator_id, p.unit_id, p.month, p.amount
               HAVING sum(c.amount) <> p.amount ORDER BY p.indicator_id, p.unit_id, p.month NULLS FIRST""",
            [version.pk],
        )
        return [Gap(*row) for row in cursor.fetchall()]


def digest(version: PlanVersion) -> str:
    """Dấu của mọi chỉ tiêu của một phiên bản; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT md5(coalesce(string_agg(md5(concat_ws(',', unit_id, indicator_id, coalesce(month, -1),
                 amount, coalesce(low, -1), coalesce(high, -1))), ''
                 ORDER BY unit_id, indicator_id, month NULLS FIRST), ''))
               FROM targets_target WHERE version_id = %s""",
            [version.pk],
        )
        return str(cursor.fetchone()[0])


def outside(version: PlanVersion) -> tuple[Problem, ...]:
    """Chỉ tiêu thay đổi ngoài đơn vị quyết định: of units that who decides does not see; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT u.name FROM targets_target t JOIN {UNIT} u ON u.id = t.unit_id
               WHERE t.version_id = %s AND NOT starts_with(u.path, %s)
                 AND NOT EXISTS (SELECT 1 FROM targets_target o WHERE o.version_id = %s
                   AND o.unit_id = t.unit_id AND o.indicator_id = t.indicator_id
                   AND o.month IS NOT DISTINCT FROM t.month AND o.amount = t.amount)
               ORDER BY u.name LIMIT 20""",
            [version.pk, version.decided_by.path, version.supersedes_id],
        )
        return tuple(
            Problem(
                -1,
                f"Chỉ tiêu của {name} thay đổi, ngoài phạm vi của {version.decided_by}",
                f"The target of {name} changes, outside {version.decided_by}",
            )
            for (name,) in cursor.fetchall()
        )


def in_words(found: Sequence[Gap]) -> tuple[Problem, ...]:
    """Chênh lệch bằng lời: with the names of units and indicators."""
    units = Unit.objects.in_bulk({gap.unit_id for gap in found})
    indicators: Mapping[int, Indicator] = Indicator.objects.in_bulk({gap.indicator_id for gap in found})
    return tuple(
        Problem(
            -1,
            f"{units[g.unit_id]} · {indicators[g.indicator_id].short_vi}: "
            f"giao {format_dong(g.parent_amount)}, "
            f"cấp dưới cộng lại {format_dong(g.children_amount)}, chênh {format_dong(g.amount)}",
            f"{units[g.unit_id]} · {indicators[g.indicator_id].name_en}: {g.parent_amount} assigned, "
            f"{g.children_amount} passed on, difference {g.amount}",
        )
        for g in found
    )
