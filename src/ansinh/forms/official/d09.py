"""Mẫu D09-TS: danh sách tham gia BHXH, BHYT, BHTN, BHTNLĐ, BNN — an employer's people, sent to check against.

Wages are left empty for people on unpaid leave, sick, on maternity leave or suspended; column 10 says so.
Source: 366/QĐ-BHXH, guide of D09-TS.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ansinh.forms.official.layouts import layout
from ansinh.forms.official.parties import Agency, Employer, Signature, date_line
from ansinh.forms.official.sheet import Sheet
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month

Group = Literal["present", "increase", "decrease", "adjusted"]
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, kw_only=True)
class D09Line:
    """Một người: SI number, birth date (may be partial), address, clinic, position, four wages in dong."""

    name: str
    code: str
    born: PartialDate | None = None
    address: str = ""
    clinic: str = ""
    position: str = ""
    wage_social: int | None = None
    wage_health: int | None = None
    wage_unemployment: int | None = None
    wage_injury: int | None = None
    note: str = ""
    group: Group = "present"

    @property
    def wages(self) -> tuple[int | None, int | None, int | None, int | None]:
        """Cột 6-9."""
        return (self.wage_social, self.wage_health, self.wage_unemployment, self.wage_injury)


@dataclass(frozen=True, slots=True, kw_only=True)
class D09List:
    """Danh sách của một đơn vị: `present` lists everybody, the other groups what changed in the month."""

    agency: Agency
    employer: Employer
    month: Month
    lines: Sequence[D09Line]
    issued_on: date
    signature: Signature = field(default_factory=Signature)

    def groups(self) -> list[tuple[str, str, list[D09Line]]]:
        """Các nhóm có người: Roman number, heading, lines, in the form's order."""
        titles = layout("D09-TS").groups
        members = [
            (title, [line for line in self.lines if line.group == key]) for key, title in titles.items()
        ]
        filled = [(title, lines) for title, lines in members if lines]
        return [(ROMAN[index], title, lines) for index, (title, lines) in enumerate(filled)]

    def totals(self) -> tuple[int, int, int, int]:
        """Cộng cột 6-9: the wages of those present; changes of the month are not added again."""
        present = [line.wages for line in self.lines if line.group == "present"]
        social, health, unemployment, injury = (
            sum(wages[column] or 0 for wages in present) for column in range(4)
        )
        return social, health, unemployment, injury

    def check(self) -> list[str]:
        """One line per person and group; an empty wage is explained in column 10; no negative wage."""
        found = []
        seen: set[tuple[str, str]] = set()
        for line in self.lines:
            if (line.code, line.group) in seen:
                found.append(f"{line.code} {line.name}: có hai dòng trong một nhóm")
            seen.add((line.code, line.group))
            if line.group == "present" and all(wage is None for wage in line.wages) and not line.note:
                found.append(f"{line.code} {line.name}: không có tiền lương và không có ghi chú")
            if any(wage is not None and wage < 0 for wage in line.wages):
                found.append(f"{line.code} {line.name}: tiền lương không được âm")
        return found


def to_xlsx(form: D09List) -> bytes:
    """Tệp D09-TS của một đơn vị."""
    sheet = Sheet(layout("D09-TS"), issued_on=form.issued_on)
    sheet.head(form.agency, f"Tháng {form.month.month:02d} năm {form.month.year}")
    sheet.line(f"Mã đơn vị: {form.employer.unit_code}; Tên đơn vị: {form.employer.name}")
    sheet.line(f"Địa chỉ: {form.employer.address}")
    sheet.header()
    for roman, title, lines in form.groups():
        sheet.row([roman, title, *[None] * 10], "bold")
        for order, line in enumerate(lines, start=1):
            born = line.born.vi() if line.born else None
            sheet.row(
                [
                    str(order),
                    line.name,
                    line.code,
                    born,
                    line.address,
                    line.clinic,
                    line.position,
                    *line.wages,
                    line.note,
                ]
            )
    sheet.row([None, "Cộng", *[None] * 5, *form.totals(), None], "bold")
    sheet.sign(date_line(form.agency.place, form.issued_on), form.signature)
    return sheet.close()
