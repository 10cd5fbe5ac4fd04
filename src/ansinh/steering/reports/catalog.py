"""Danh mục báo cáo kỳ: which reports there are, of which periods, and what makes each.

To add a report, write a function `(unit, span) -> Sheet` in a module of this package that reads the posted
tables in a constant number of statements, and `register` one `Report` at the bottom of that module:

    def sheet(unit: Unit, span: Span) -> Sheet: ...

    register(Report(code="B01-TS", title=_("…"), lengths=("month",), sheet=sheet))

`Sheet.lines` hold one value per column of the layout; a report with a workbook of its own gives
`Sheet.write`. The module is then named in `MODULES`. Which rows a report has follows from the unit: a base
office lists its employers, a province its base offices, the nation its provinces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from django.utils.functional import Promise

from ansinh.forms.official.layouts import Layout
from ansinh.forms.official.periodic import Line, Periodic, to_xlsx
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.units.letterhead import agency

Length = Literal["month", "quarter", "year"]
MONTHS: dict[Length, int] = {"month": 1, "quarter": 3, "year": 12}
MODULES: tuple[str, ...] = ("receivable", "allocated", "behind", "summary", "b01", "b02", "b06")


@dataclass(frozen=True, slots=True)
class Span:
    """Kỳ báo cáo: a month, a quarter or a year, by its first month."""

    length: Length
    first: Month

    @classmethod
    def of(cls, length: Length, month: Month) -> Span:
        """The span of this length that holds the month."""
        back = (month.month - 1) % MONTHS[length]
        return cls(length, month - back)

    @property
    def last(self) -> Month:
        """Tháng cuối kỳ."""
        return self.first + (MONTHS[self.length] - 1)

    def vi(self) -> str:
        """The period as a form's title block names it."""
        if self.length == "year":
            return f"Năm {self.first.year}"
        if self.length == "quarter":
            return f"Quý {(self.first.month + 2) // 3} năm {self.first.year}"
        return f"Tháng {self.first.month:02d} năm {self.first.year}"

    @property
    def mark(self) -> str:
        """The letter of the period in a form's code: t, q, n."""
        return {"month": "t", "quarter": "q", "year": "n"}[self.length]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Biểu đã lập: its layout, its rows, and how it is written where the common writer does not do.

    `employers` are the unit codes of the employers that have a row of their own: they are read.
    """

    layout: Layout
    lines: Sequence[Line]
    write: Callable[[], bytes] | None = None
    employers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Báo cáo: code, title, lengths of period it is made for, and the function that makes it."""

    code: str
    title: str | Promise
    lengths: tuple[Length, ...]
    sheet: Callable[[Unit, Span], Sheet]


_KNOWN: dict[str, Report] = {}


def register(report: Report) -> None:
    """Đưa một báo cáo vào danh mục."""
    _KNOWN[report.code] = report


def reports() -> dict[str, Report]:
    """Every report by its code, in the order of `MODULES`."""
    for name in MODULES:
        import_module(f"ansinh.steering.reports.{name}")
    return dict(_KNOWN)


def report(code: str) -> Report:
    """One report. Raises BilingualError for a code that is not carried."""
    found = reports().get(code)
    if found is None:
        raise BilingualError(f"Không có báo cáo {code}", f"No such report: {code}", code="report.unknown")
    return found


def level(unit: Unit) -> Literal["office", "province", "nation"]:
    """Cấp lập báo cáo: of a unit, base office (a, b), province (b, c) or the nation (c, d)."""
    if unit.kind == Unit.Kind.BASE_OFFICE:
        return "office"
    return "province" if unit.kind == Unit.Kind.PROVINCE else "nation"


def workbook(sheet: Sheet, unit: Unit, span: Span) -> bytes:
    """Tệp xlsx: that of a report."""
    if sheet.write is not None:
        return sheet.write()
    return to_xlsx(
        Periodic(
            layout=sheet.layout,
            agency=agency(unit),
            period=span.vi(),
            lines=sheet.lines,
            issued_on=(span.last + 1).first_day,
        )
    )
