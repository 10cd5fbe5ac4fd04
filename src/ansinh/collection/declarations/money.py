"""Tiền của một danh sách: dues before and after, by person and month, from the law's columns in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from ansinh.collection.declarations.plan import Judge, Key, Line, Plan, Someone
from ansinh.collection.declarations.record import Days
from ansinh.collection.declarations.spans import Span, Terms, at
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.law.contributions import columns as law
from ansinh.law.contributions.facts import FIRST_MONTH
from ansinh.law.contributions.groups import PayKind
from ansinh.ledger.services import FUNDS
from ansinh.registers.models import Employer

BASES = ("si_base", "ui_base")
LAW_2025 = Month(2025, 7)  # Luật 41/2024/QH15
EMPLOYMENT_LAW_2026 = Month(2026, 1)  # Luật 74/2025/QH15


@dataclass(slots=True)
class Money:
    """Chênh lệch số phải thu, đồng: by month (index) and fund; negative = less is due.

    `bases` are (social, unemployment) contribution wages after the change, by person and month; `moved` adds
    the changes of each person and month whatever their sign, so that ups and downs do not hide each other.
    """

    months: dict[int, dict[str, int]] = field(default_factory=dict)
    workers: dict[int, int] = field(default_factory=dict)
    bases: dict[tuple[Key, int], tuple[int, int]] = field(default_factory=dict)
    moved: int = 0

    @property
    def total(self) -> int:
        """All funds and months together."""
        return sum(sum(funds.values()) for funds in self.months.values())


def of(plan: Plan, employer: Employer) -> Money:
    """What the plan changes in dues up to the accounting month, as the month's run will find it."""
    money = Money()
    rows = list(_rows(plan, employer))
    if not rows:
        return money
    keys = [(key, month, sign) for key, month, sign, _ in rows]
    columns = {
        name: [row_id if name == "row_id" else facts[name] for row_id, (*_, facts) in enumerate(rows)]
        for name in law.INPUT
    }
    con = duckdb.connect()
    con.register("given", pa.table(columns))
    typed = ", ".join(f"{name}::{column.type} AS {name}" for name, column in law.INPUT.items())
    con.execute(f"CREATE TABLE facts AS SELECT {typed} FROM given")
    law.gate(con)
    law.register_parameters(con)
    wanted = ", ".join(("row_id", *BASES, *FUNDS, "worker_total"))
    months: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(FUNDS, 0))
    workers: dict[int, int] = defaultdict(int)
    moved: dict[tuple[Key, int], int] = defaultdict(int)
    for row_id, si_base, ui_base, *amounts, worker in con.execute(
        f"SELECT {wanted} FROM ({law.dues_sql('facts')})"
    ).fetchall():
        key, month, sign = keys[row_id]
        for fund, amount in zip(FUNDS, amounts, strict=True):
            months[month][fund] += sign * amount
        workers[month] += sign * worker
        moved[key, month] += sign * sum(amounts)
        if sign > 0:
            money.bases[key, month] = (si_base, ui_base)
    con.close()
    money.months = {m: funds for m, funds in sorted(months.items()) if any(funds.values())}
    money.workers = {m: workers[m] for m in money.months}
    money.moved = sum(abs(change) for change in moved.values())
    return money


def _rows(plan: Plan, employer: Employer) -> Iterable[tuple[Key, int, int, dict[str, Any]]]:
    """(person, month, +1 after or -1 before, facts) for every month that the plan changes."""
    place = {
        "region": employer.region,
        "budget_employer": employer.budget,
        "low_injury_rate": employer.low_injury_rate,
    }
    for key, someone in plan.people.items():
        for month in _months(someone, plan.scene.month.index):
            old, new = at(someone.before, month), at(someone.after, month)
            days_old, days_new = someone.days_before(month), someone.days_after(month)
            if _same(old, new) and days_old == days_new:
                continue
            for span, days, sign in ((old, days_old, -1), (new, days_new, 1)):
                # as the month's run: before the books opened only what a declaration brought is due
                if span is not None and (month >= plan.scene.books_start or span.declaration_id is not None):
                    yield key, month, sign, _facts(span.terms, days, month, place)


def _months(someone: Someone, until: int) -> Iterable[int]:
    before, after = set(someone.before), set(someone.after)
    stretches = [(s.first, s.last) for s in before ^ after] + [(m, m) for m in someone.days]
    if not stretches:
        return ()
    first = max(min(a for a, _ in stretches), FIRST_MONTH.index)
    last = min(max(b for _, b in stretches), until)
    return range(first, last + 1)


def _same(old: Span | None, new: Span | None) -> bool:
    return (old.terms.money if old else None) == (new.terms.money if new else None)


def _facts(terms: Terms, days: Days, month: int, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "month": month,
        "worker_group": terms.worker_group,
        "pay_kind": terms.pay_kind,
        "wage": terms.wage,
        "coefficient_milli": terms.coefficient_milli,
        "reserve_milli": terms.reserve_milli,
        "position_milli": terms.position_milli,
        "beyond_frame_bp": terms.beyond_frame_bp,
        "seniority_bp": terms.seniority_bp,
        "other_pay": terms.other_pay,
        "part_time": terms.part_time,
        "ui_relief": terms.ui_relief,
        "unpaid_days": days.unpaid_days,
        "sick_days": days.sick_days,
        "maternity_days": days.maternity_days,
        "agreed": days.agreed,
        "first_month": days.first_month,
        "si": terms.si,
        "hi": terms.hi,
        "ui": terms.ui,
        "wi": terms.wi,
        **place,
    }


def compare_wages(plan: Plan, money: Money) -> None:
    """Lương dưới mức thấp nhất, trên mức cao nhất: a warning at the wage, naming the clause."""
    for line in plan.accepted():
        terms = line.new
        found = money.bases.get((line.key, line.first)) if line.key else None
        if terms is None or found is None or terms.pay_kind != PayKind.DONG or line.row.wage is None:
            continue
        _compare(line, terms, found, Judge(line, plan.scene.sheet))


def _compare(line: Line, terms: Terms, bases: tuple[int, int], judge: Judge) -> None:
    pay, month = terms.wage + terms.other_pay, Month.from_index(line.first)
    social, unemployment = bases
    clause = "41/2024/QH15, Điều 31 khoản 1 điểm đ" if month >= LAW_2025 else "58/2014/QH13, Điều 89"
    said = format_dong(pay)
    if social > pay:
        judge.warn(
            "wage",
            "wage.floor",
            f"Tiền lương {said} thấp hơn mức đóng thấp nhất; đóng theo {format_dong(social)} ({clause}).",
            f"The wage {said} is below the lowest base; {format_dong(social)} is used.",
        )
    elif 0 < social < pay:
        judge.warn(
            "wage",
            "wage.cap",
            f"Tiền lương {said} cao hơn mức đóng cao nhất; BHXH, BHYT đóng theo {format_dong(social)} "
            f"({clause}).",
            f"The wage {said} is above the highest base; {format_dong(social)} is used.",
        )
    if terms.ui and 0 < unemployment < pay:
        clause = "74/2025/QH15, Điều 34 khoản 2" if month >= EMPLOYMENT_LAW_2026 else "38/2013/QH13, Điều 58"
        judge.warn(
            "wage",
            "wage.cap_ui",
            f"BHTN đóng theo mức cao nhất {format_dong(unemployment)} ({clause}).",
            f"Unemployment insurance uses its highest base, {format_dong(unemployment)}.",
        )
