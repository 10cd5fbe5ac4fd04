"""B01-TS: chỉ tiêu quản lý thu của một tháng (366/QĐ-BHXH, guide of B01-TS)."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from django.utils.translation import gettext_lazy as _

from ansinh.collection.measures import books, people
from ansinh.collection.measures.books import CELLS, Figure, balance, flow
from ansinh.forms.official import b01
from ansinh.forms.official.b01 import SHEET, B01Line, plan
from ansinh.forms.official.layouts import Column, Layout, layout
from ansinh.forms.official.periodic import Line
from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.units.letterhead import agency
from ansinh.steering.reports.catalog import Report, Sheet, Span, level, register

Measures = dict[tuple[str, str], Figure]
OPENINGS = {"opening": "short_before", "charges.opening": "charges_before"}
PEOPLE = {
    **{s: s for s in CELLS},
    "voluntary": "voluntary",
    "fund": "fund",
    "budget": "budget",
    "part_budget": "part_budget",
    "household": "self",
}


def lines(unit: Unit, month: Month) -> list[B01Line]:
    """Các dòng B01: B01a-TS (base office), B01b-TS (province), the subtree of `unit`, in seven statements."""
    found = measures(unit, month)
    made = []
    for row in plan():
        figure = found.get((row.section, row.measure))
        if figure is None:
            made.append(B01Line(row=row))
        else:
            made.append(B01Line(row=row, before=figure.before, arising=figure.net, after=figure.after))
    return made


def measures(unit: Unit, month: Month) -> Measures:
    """Chỉ tiêu: (section, measure) -> figure."""
    known = books.known_before(unit, month)
    return {
        **_surplus(unit.path, month),
        **_people(people.count(unit.path, month, since=None, known=known)),
        **_money(unit.path, month, known=known),
        **_levels(unit.path, month, known=known),
    }


def _surplus(path: str, month: Month) -> Measures:
    rows = books.statement_rows(path, month, month, ("A.2.1", "Đ.2.1"))
    before, after = (rows.get((month.index, code), (0,) * 6)[5] for code in ("A.2.1", "Đ.2.1"))
    return {
        ("all", "surplus.opening"): Figure(before, None, None, None),
        ("all", "surplus"): balance(before, after),
    }


def _people(counted: dict[str, Figure]) -> Measures:
    found: Measures = {}
    for section, tag in PEOPLE.items():
        for name, key in (("people", tag), ("women", f"women.{tag}")):
            figure = counted[key]
            found[section, name] = figure
            for way, moved in (("up", figure.up), ("down", figure.down)):
                if moved is not None:
                    found[section, f"{name}.{way}"] = flow(moved)
    return found


def _money(path: str, month: Month, *, known: bool) -> Measures:
    found: Measures = {}
    past = books.of_earlier_years(path, month)
    for section, row in books.sections(path, month).items():
        if not row:
            continue
        found |= {
            **_units(section, row, known=known),
            (section, "due"): flow(row["due"]),
            (section, "back"): flow(row["back_plain"] + row["back_late"] + row["back_evaded"]),
            (section, "back.past"): flow(past[f"{section}_back"]),
            (section, "fallen"): flow(row["fallen"]),
            (section, "fallen.past"): flow(past[f"{section}_fallen"]),
            (section, "charged"): flow(row["charged"]),
            (section, "charged.back"): flow(row["charged_back"]),
            (section, "paid"): flow(row["paid"]),
            (section, "charges.paid"): flow(row["charges_paid"]),
            (section, "short"): balance(row["short_before"], row["short"]),
            (section, "charges"): balance(row["charges_before"], row["charges"]),
            (section, "charges.late"): balance(row["charges_late_before"], row["charges_late"]),
            (section, "charges.evaded"): balance(row["charges_evaded_before"], row["charges_evaded"]),
        }
        for name, key in OPENINGS.items():
            found[section, name] = Figure(row[key], None, None, None)
        for standing in ("in_time", "late", "evaded"):
            parts = {
                "": "short",
                ".units": "units",
                ".in_time": "in_time",
                ".late": "late",
                ".evaded": "evaded",
            }
            for end, part in parts.items():
                key = f"{standing}_{part}"
                found[section, standing + end] = balance(row[f"{key}_before"], row[key])
    return found


def _units(section: str, row: dict[str, int], *, known: bool) -> Measures:
    if not known:
        return {(section, "units"): Figure(None, None, None, row["units"])}
    return {
        (section, "units"): balance(row["units_before"], row["units"]),
        (section, "units.up"): flow(row["units_up"]),
        (section, "units.down"): flow(row["units_down"]),
    }


def _levels(path: str, month: Month, *, known: bool) -> Measures:
    row = books.levels(path, month)
    found: Measures = {}
    for section in CELLS:
        wages = row[f"{section}_wage"]
        if not known:
            found[section, "wages"] = Figure(None, None, None, wages)
            continue
        up, down = row[f"{section}_wage_up"], row[f"{section}_wage_down"]
        found[section, "wages"] = Figure(row[f"{section}_wage_before"], up, down, wages)
        found[section, "wages.up"], found[section, "wages.down"] = flow(up), flow(down)
        found[section, "due.up"] = flow(row[f"{section}_due_up"])
        found[section, "due.down"] = flow(row[f"{section}_due_down"])
    return found


NOTE = Column("note", "", ("Ghi chú",), "text", 40)
LETTERS: dict[str, Literal["a", "b", "c"]] = {"office": "a", "province": "b", "nation": "c"}


def on_screen(code: str, sheet: str, *, mixed: bool = False) -> Layout:
    """Khuôn trên màn hình: the form's columns and why a cell is empty.

    `mixed` columns hold people in one row and dong in another: the row names the unit, cells only numbers.
    """
    found = layout(sheet)
    columns = tuple(replace(c, kind="count") if mixed and c.kind == "money" else c for c in found.columns)
    return replace(found, code=code, columns=(*columns, NOTE))


def sheet(unit: Unit, span: Span) -> Sheet:
    """B01-TS của một tháng."""
    letter, made = LETTERS[level(unit)], lines(unit, span.first)
    form = b01.B01(
        agency=agency(unit),
        month=span.first,
        lines=made,
        issued_on=(span.last + 1).first_day,
        level=letter,
    )
    return Sheet(
        on_screen(f"B01{letter}-TS", SHEET, mixed=True),
        [
            Line(
                (x.row.order, x.row.text, "", x.row.unit, x.before, x.arising, x.after, x.row.note),
                "bold" if x.row.heading else "plain",
            )
            for x in made
        ],
        lambda: b01.to_xlsx(form),
    )


register(
    Report(
        code="B01-TS",
        title=_("Chỉ tiêu quản lý thu"),
        lengths=("month",),
        sheet=sheet,
    )
)
