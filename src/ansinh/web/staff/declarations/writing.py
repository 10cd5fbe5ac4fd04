"""Dòng D02-LT như người ta viết: rows of a list, and people of the record, as text for its boxes."""

from __future__ import annotations

from fractions import Fraction

from ansinh.forms.intake.d02 import CONTRACTS, D02Row
from ansinh.forms.intake.layouts import layout
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.money import format_dong
from ansinh.kernel.months import Month
from ansinh.registers.models import Participation

RESULT_FORMS = ("Bản điện tử", "Bản giấy")
Values = dict[str, str]


def of_row(row: D02Row) -> Values:
    """A row as people write it."""
    groups = {g.code: g.vi for g in layout("d02-lt").groups}
    change = layout("d02-lt").change(row.change).vi if row.change else ""
    days = [f"{day:%d/%m/%Y}" for day in (row.contract_from, row.contract_to) if day]
    values = {
        "name": row.name,
        "si_number": row.citizen_id or row.si_number or "",
        "birth": row.birth.vi() if row.birth else "",
        "job": row.job,
        "wage": format_dong(row.wage) if row.wage is not None else _milli(row.coefficient_milli),
        "reserve": _milli(row.reserve_milli),
        "position": _milli(row.position_milli),
        "beyond_frame": _share(row.beyond_frame),
        "seniority": _share(row.seniority),
        "other_pay": format_dong(row.other_pay) if row.other_pay else "",
        "effective_on": f"{row.effective_on:%d/%m/%Y}" if row.effective_on else "",
        "from_month": row.from_month.vi() if row.from_month else "",
        "to_month": row.to_month.vi() if row.to_month else "",
        "hospital": " - ".join(x for x in (row.hospital_code, row.hospital_name) if x),
        "result_form": {"electronic": RESULT_FORMS[0], "paper": RESULT_FORMS[1]}.get(
            row.result_form or "", ""
        ),
        "change": "; ".join([change, *(groups[g] for g in row.groups)]) if change else "",
        "note": row.note,
    }
    for column, kind in CONTRACTS:
        values[column] = (" - ".join(days) or "x") if row.contract == kind else ""
    return values


def of_worker(span: Participation, change: str, month: Month) -> Values:
    """A row prefilled from the record."""
    person = span.person
    birth = PartialDate(person.birth_year, person.birth_month, person.birth_day)
    values = {
        "name": person.full_name,
        "si_number": person.si_number,
        "birth": birth.vi(),
        "job": span.job_title,
        "wage": _milli(span.coefficient_milli) if span.pay_kind else format_dong(span.wage),
        "reserve": _milli(span.reserve_milli),
        "position": _milli(span.position_milli),
        "beyond_frame": _share(Fraction(span.beyond_frame_bp, 10_000)),
        "seniority": _share(Fraction(span.seniority_bp, 10_000)),
        "other_pay": format_dong(span.other_pay) if span.other_pay else "",
        "from_month": month.vi(),
        "hospital": span.hospital,
        "change": change,
    }
    for column, kind in CONTRACTS:
        values[column] = "x" if span.contract == kind else ""
    return values


def _milli(thousandths: int | None) -> str:
    """2340 → 2,34."""
    if not thousandths:
        return ""
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",")


def _share(part: Fraction | None) -> str:
    """1/20 → 5%."""
    if not part:
        return ""
    whole, rest = divmod(part * 10_000, 100)
    return f"{whole}%" if not rest else f"{whole},{int(rest):02d}%"
