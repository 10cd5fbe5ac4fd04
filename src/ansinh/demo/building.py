"""Dựng tỉnh mẫu: the runs that build the demonstration and live its months, step by step.

What changes tables without their indexes is the owner's work; the rest is done by the application. A step
that has a run of its own within it (a month, a measuring) commits in parts and can be asked again.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ansinh.demo import accounts, life, plans, record
from ansinh.demo.sizes import SIZES, Size
from ansinh.office import rights, units
from ansinh.office.models import Unit
from ansinh.office.runs import kinds
from ansinh.office.runs.engine import Context
from ansinh.office.runs.kinds import Kind, Step

HERE = "ansinh.demo.building"
BUILD, OPEN, MONTH, PLAN = "demo.build", "demo.open", "demo.month", "demo.plan"


def _kind(code: str, name: Any, *steps: Step) -> Kind:
    """One at a time over all of them; nobody but the command starts one, officers may see it."""
    return Kind(
        code=code,
        name=name,
        steps=steps,
        key="demo",
        read="run.read",
        start="demo.build",
        stop="demo.build",
        unit_of_count=_("dòng"),
    )


KINDS = (
    _kind(
        BUILD,
        _("Dựng tỉnh mẫu"),
        Step("units", _("Đơn vị hành chính"), f"{HERE}:make_units"),
        Step("people", _("Người và đơn vị"), f"{HERE}:make_people"),
    ),
    _kind(
        OPEN,
        _("Mở sổ tỉnh mẫu"),
        Step("accounts", _("Tài khoản"), f"{HERE}:make_accounts"),
        Step("open", _("Mở sổ"), f"{HERE}:open_books"),
    ),
    _kind(
        MONTH,
        _("Tỉnh mẫu qua tháng"),
        Step("close", _("Khóa sổ kỳ trước"), f"{HERE}:close_before"),
        Step("urge", _("Đôn đốc"), f"{HERE}:urge"),
        Step("declare", _("Hồ sơ D02-LT"), f"{HERE}:declare_lists"),
        Step("first_run", _("Chạy kỳ đầu"), f"{HERE}:first_run", atomic=False),
        Step("bank", _("Sao kê"), f"{HERE}:bank"),
        Step("run", _("Chạy kỳ thu"), f"{HERE}:run", atomic=False),
        Step("measure", _("Đo chỉ tiêu"), f"{HERE}:measure", atomic=False),
    ),
    _kind(PLAN, _("Giao chỉ tiêu tỉnh mẫu"), Step("plan", _("Chỉ tiêu"), f"{HERE}:plan", total=plans.SPLITS)),
)


def declare() -> None:
    """Khai báo các loại lượt chạy của tỉnh mẫu; nobody holds the right to start one from a page."""
    rights.declare("demo.build", _("Dựng tỉnh mẫu"))
    for kind in KINDS:
        kinds.register(kind)


def make_units(context: Context) -> dict[str, int]:
    """Đơn vị hành chính."""
    context.expect(len(units.listed()))
    made = units.load().units
    context.did("", made)
    return {"units": made}


def make_people(context: Context) -> dict[str, Any]:
    """Người, hộ, đơn vị, thẻ."""
    size, seed = _of(context)
    context.expect(_rows(size))
    return record.build(size, seed, report=context.did)


def make_accounts(context: Context) -> dict[str, int]:
    """One account a role."""
    return {"accounts": accounts.create(_province(context))}


def open_books(context: Context) -> dict[str, Any]:
    """Mở sổ."""
    return life.open_books(_province(context))


def close_before(context: Context) -> dict[str, Any]:
    """Khóa sổ kỳ trước; the first month has none before it."""
    month = context.run.of_month
    return {} if month == life.START else life.close(_province(context), month - 1)


def urge(context: Context) -> dict[str, Any]:
    """Đôn đốc."""
    return life.urge(_province(context), context.run.of_month)


def declare_lists(context: Context) -> dict[str, Any]:
    """Nhận và ghi nhận danh sách."""
    size, seed = _of(context)
    context.expect(life.lists_expected(size))
    leave_some = bool(context.run.params["last"])
    return life.declare(
        _province(context), size, context.run.of_month, seed, context.did, leave_some=leave_some
    )


def first_run(context: Context) -> dict[str, Any]:
    """Chạy kỳ đầu: what prompt payers pay in the first month is what a first run finds due."""
    month = context.run.of_month
    return life.run(_province(context), month, context.did) if month == life.START else {}


def bank(context: Context) -> dict[str, Any]:
    """Đọc sao kê."""
    _size, seed = _of(context)
    return life.bank(_province(context), context.run.of_month, seed, context.did)


def run(context: Context) -> dict[str, Any]:
    """Chạy kỳ thu."""
    return life.run(_province(context), context.run.of_month, context.did)


def measure(context: Context) -> dict[str, Any]:
    """Đo chỉ tiêu."""
    return plans.measure(_province(context), context.run.of_month)


def plan(context: Context) -> dict[str, Any]:
    """Giao chỉ tiêu năm."""
    return plans.plan(_province(context), context.run.of_month, context.did)


def _of(context: Context) -> tuple[Size, int]:
    params = context.run.params
    return SIZES[params["size"]], int(params["seed"])


def _province(context: Context) -> Unit:
    return record.province(_of(context)[0])


def _rows(size: Size) -> int:
    """About how many rows the people's tables get: people, their households, spans and cards."""
    return size.people * 5 // 4 + size.participants + size.workers // 3 + size.health + 2 * size.employers


def params(size: Size, seed: int, **more: Any) -> dict[str, Any]:
    """What every run of a demonstration carries."""
    return {"size": size.name, "seed": seed, **more}
