"""Mẫu 01-ĐĐ: văn bản đôn đốc đóng BHXH, BHTN, BHYT — the letter that urges an employer to pay.

Figures are those of the month's C12-TS. The letter starts the count after which arrears become evasion
(Luật BHXH 41/2024/QH15, Điều 39). Source: 366/QĐ-BHXH, form 01-ĐĐ and its guide.
"""

from dataclasses import dataclass, field
from datetime import date

from ansinh.forms.official.c12 import FUNDS, C12Statement
from ansinh.forms.official.parties import Agency, Employer, Signature
from ansinh.kernel.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgeLetter:
    """Văn bản đôn đốc: amounts in dong, days as counted to the day of the C12-TS it refers to."""

    agency: Agency
    employer: Employer
    month: Month
    issued_on: date
    late: int
    evaded: int
    late_days: int
    evaded_days: int
    late_charge: int
    evaded_charge: int
    number: str = ""
    signature: Signature = field(default_factory=Signature)

    @classmethod
    def of(cls, statement: C12Statement, *, issued_on: date, number: str = "") -> "UrgeLetter":
        """Từ thông báo C12-TS: closing block Đ; days are the longest over the funds."""

        def days(code: str) -> int:
            row = statement.row(code)
            return max(getattr(row, name) or 0 for name in (*FUNDS, "total"))

        return cls(
            agency=statement.agency,
            employer=statement.employer,
            month=statement.month,
            issued_on=issued_on,
            number=number,
            late=statement.row("Đ.2.2.2").total or 0,
            evaded=statement.row("Đ.2.2.3").total or 0,
            late_days=days("Đ.4.1"),
            evaded_days=days("Đ.4.2"),
            late_charge=statement.row("Đ.3.1").total or 0,
            evaded_charge=statement.row("Đ.3.2").total or 0,
            signature=statement.signature,
        )

    def check(self) -> list[str]:
        """There is something to urge, nothing is negative, and an amount has its days."""
        pairs = (
            ("chậm đóng", self.late, self.late_days),
            ("trốn đóng", self.evaded, self.evaded_days),
        )
        found = [
            f"Số tiền {name} {amount} không có số ngày" for name, amount, days in pairs if amount and not days
        ]
        owed = (self.late, self.evaded, self.late_charge, self.evaded_charge)
        if any(value < 0 for value in (*owed, self.late_days, self.evaded_days)):
            found.append("Số tiền và số ngày không được âm")
        if not any(owed):
            found.append("Đơn vị không có số tiền chậm đóng, trốn đóng để đôn đốc")
        return found
