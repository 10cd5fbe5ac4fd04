"""B06-TS: tình hình thu, luỹ kế từ đầu năm (366/QĐ-BHXH, guide of B06-TS)."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures import books, people
from ansinh.collection.measures.books import CELLS, UNABLE, Figure, balance
from ansinh.forms.official import b06
from ansinh.forms.official.b06 import SHEET, B06Line, plan
from ansinh.forms.official.periodic import Line
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.units.letterhead import agency
from ansinh.steering.reports.b01 import LETTERS, on_screen
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register

Rows = dict[tuple[int, str], tuple[int, ...]]
NOTHING = (0,) * 6
BALANCES = {"short": "2.2", "in_time": "2.2.1", "late": "2.2.2", "evaded": "2.2.3"}
CODES = ("A.2.1", "Đ.2.1", "D", "D.1", "D.2", *(f"{b}.{c}" for b in "AĐ" for c in BALANCES.values()))


def lines(unit: Unit, month: Month) -> list[B06Line]:
    """Các dòng B06: B06a-TS (base office) or B06b-TS (province) of the subtree of `unit`."""
    found = measures(unit, month)
    made = []
    for row in plan():
        f = found.get(row.measure)
        if f is None:
            made.append(B06Line(row=row))
        else:
            made.append(B06Line(row=row, before=f.before, up=f.up, down=f.down, current=f.after))
    return made


def measures(unit: Unit, month: Month) -> dict[str, Figure]:
    """Chỉ tiêu: measure -> figure; flows are brought forward as the sum since January."""
    january = Month(month.year, 1)
    rows = books.statement_rows(unit.path, january, month, CODES)
    unable = books.statement_rows(unit.path, month, month, ("A.2.2.3", "Đ.2.2.3"), states=UNABLE)
    known = books.known_before(unit, month)
    return {
        **_flows(unit.path, rows, january, month),
        **_balances(rows, unable, month.index),
        **people.count(unit.path, month, since=january, known=known),
    }


def _flows(path: str, rows: Rows, january: Month, month: Month) -> dict[str, Figure]:
    cash = books.money_in(path, january, month)
    received, returned = cash.get(month.index, (0, 0))
    earlier = sum(a - b for m, (a, b) in cash.items() if m < month.index)
    found = {"received": Figure(earlier, received, returned, earlier + received - returned)}
    wanted = {
        "allocated": ("D", (5,)),
        "charges.paid": ("D.2", (5,)),
        **{f"paid.{section}": ("D.1", cells) for section, cells in CELLS.items()},
    }
    for name, (code, cells) in wanted.items():
        by_month = {m: sum(row[i] for i in cells) for (m, c), row in rows.items() if c == code}
        before = sum(v for m, v in by_month.items() if m < month.index)
        now = by_month.get(month.index, 0)
        found[name] = Figure(before, max(now, 0), max(-now, 0), before + now)
    return found


def _balances(rows: Rows, unable: Rows, month: int) -> dict[str, Figure]:
    first = min((m for m, _ in rows), default=month)
    opening = rows.get((first, "A.2.1"), NOTHING)[5]
    found = {
        "surplus.opening": balance(opening, opening),
        "surplus": balance(rows.get((month, "A.2.1"), NOTHING)[5], rows.get((month, "Đ.2.1"), NOTHING)[5]),
        "short.all": _between(rows, month, ("2.2",), (5,)),
        "delayed.all": _between(rows, month, ("2.2.2", "2.2.3"), (5,)),
    }
    for section, cells in CELLS.items():
        for name, code in BALANCES.items():
            found[f"{name}.{section}"] = _between(rows, month, (code,), cells)
        found[f"unable.{section}"] = _between(unable, month, ("2.2.3",), cells)
    return found


def _between(rows: Rows, month: int, codes: tuple[str, ...], cells: tuple[int, ...]) -> Figure:
    """Từ đầu kỳ (A) đến cuối kỳ (Đ)."""
    before, after = (
        sum(rows.get((month, f"{block}.{code}"), NOTHING)[i] for code in codes for i in cells)
        for block in ("A", "Đ")
    )
    return balance(before, after)


def sheet(unit: Unit, span: Span) -> Sheet:
    """B06-TS của một tháng; on screen in dong, in the workbook in million dong."""
    letter, made = LETTERS[level(unit)], lines(unit, span.first)
    form = b06.B06(
        agency=agency(unit),
        month=span.first,
        lines=made,
        issued_on=(span.last + 1).first_day,
        level=letter,
    )
    screen = on_screen(f"B06{letter}-TS", SHEET, mixed=True)
    text, measured, code, *rest = screen.columns
    return Sheet(
        replace(screen, columns=(code, text, measured, *rest)),
        [
            Line(
                (
                    x.row.code,
                    x.row.text,
                    "đồng" if x.row.money else x.row.unit,
                    x.before,
                    x.up,
                    x.down,
                    x.after,
                    x.row.note,
                ),
                "bold" if x.row.heading else "plain",
            )
            for x in made
        ],
        lambda: b06.to_xlsx(form),
    )


register(
    Report(
        code="B06-TS",
        title=_("Tình hình thu BHXH, BHYT, BHTN"),
        lengths=("month",),
        sheet=sheet,
    )
)
