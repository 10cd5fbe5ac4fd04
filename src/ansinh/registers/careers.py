"""Quá trình của một người thành dữ kiện: what the register knows, by the names the law asks for."""

from __future__ import annotations

from typing import Any

from ansinh.kernel.months import Month
from ansinh.registers import selectors
from ansinh.registers.models import Employer, Participation, Person

NAMES = frozenset(
    {
        "sex", "birth", "birth_month", "birth_year", "history", "first_contribution", "contributed_months",
        "contributed_months_before_2014", "voluntary_months", "voluntary_months_before_2014", "ui_months",
    }
)  # fmt: skip
"""Những dữ kiện hồ sơ có thể cho biết."""

DERIVED = frozenset(
    {
        "first_contribution", "contributed_months", "contributed_months_before_2014", "voluntary_months",
        "voluntary_months_before_2014",
    }
)  # fmt: skip
"""Những dữ kiện suy ra từ quá trình đóng."""

SCHEMES = {
    Participation.Scheme.COMPULSORY: "compulsory",
    Participation.Scheme.VOLUNTARY_SI: "voluntary",
}
REGIONS = ("I", "II", "III", "IV")
BEFORE = Month(2014, 1).index


def facts(person: Person, until: Month) -> dict[str, Any]:
    """Dữ kiện của một người đến hết tháng `until`: as a file of cases writes them.

    What is not known is left out. Months are counted once whatever the number of contracts. Pay on the State
    scale is one coefficient: the grade's with its seniority beyond the frame, the reserve and the position
    allowance.
    """
    spans = [
        span
        for span in selectors.participations(person)
        if span.si and span.scheme in SCHEMES and span.from_month <= until.index
    ]
    spans.sort(key=lambda span: (span.from_month, span.pk))
    found: dict[str, Any] = {"sex": "female" if person.sex == Person.Sex.FEMALE else "male"}
    found |= _birth(person)
    if not spans:
        return found
    found["history"] = [_row(span, until) for span in spans]
    found["first_contribution"] = str(Month.from_index(spans[0].from_month))
    for scheme, name in ((1, "contributed"), (2, "voluntary")):
        months = {m for span in spans if span.scheme == scheme for m in _months(span, until)}
        if months:
            found[f"{name}_months"] = len(months)
            found[f"{name}_months_before_2014"] = sum(month < BEFORE for month in months)
    insured = {m for span in spans if span.ui and span.scheme == 1 for m in _months(span, until)}
    if insured:
        found["ui_months"] = len(insured)
    return found


def _birth(person: Person) -> dict[str, Any]:
    year, month, day = person.birth_year, person.birth_month, person.birth_day
    if year and month and day:
        return {"birth": f"{year:04d}-{month:02d}-{day:02d}"}
    if year and month:
        return {"birth_month": f"{year:04d}-{month:02d}"}
    return {"birth_year": year} if year else {}


def _months(span: Participation, until: Month) -> range:
    last = until.index if span.to_month is None else min(span.to_month, until.index)
    return range(span.from_month, last + 1)


def _row(span: Participation, until: Month) -> dict[str, Any]:
    months = _months(span, until)
    row: dict[str, Any] = {
        "from": str(Month.from_index(months.start)),
        "to": str(Month.from_index(months.stop - 1)),
        "scheme": SCHEMES[Participation.Scheme(span.scheme)],
    }
    if span.pay_kind:
        grade = span.coefficient_milli * (10_000 + span.beyond_frame_bp)
        others = (span.reserve_milli + span.position_milli) * 10_000
        row |= {"sector": "state", "coefficient": _decimal(grade + others, 7)}
        if span.seniority_bp:
            row["allowance_pct"] = f"{_decimal(span.seniority_bp, 2)}%"
    else:
        row["wage"] = span.wage + span.other_pay
        if span.scheme == Participation.Scheme.COMPULSORY:
            row["sector"] = "private"
    employer: Employer | None = span.employer
    if employer is not None:
        row |= {"region": REGIONS[employer.region - 1], "employer": employer.name}
    return row


def _decimal(value: int, places: int) -> str:
    whole, rest = divmod(value, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")
