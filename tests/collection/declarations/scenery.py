"""A small office in the database: province, base office, officers by role, employers, people."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from ansinh.forms.intake.d02 import D02Row
from ansinh.forms.intake.synthetic import write_d02
from ansinh.kernel.dates import PartialDate
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold, sort_key
from ansinh.ledger.models import Account
from ansinh.ledger.services import chart
from ansinh.office.models import Mandate, Period, RoleAssignment, Unit, User
from ansinh.office.rights import Actor, actor_of
from ansinh.registers.models import CollectingAccount, Employer, Participation, Person

NOW = Month(2026, 6)
SINCE = Month(2026, 1)
BOOKS = Month(2025, 1)
RECEIVED = date(2026, 6, 10)
NUMBERS = count(1)


class Scenery:
    """One province with one base office; its books begin in `books`, the month NOW is open."""

    def __init__(self, code: str = "20", books: Month = BOOKS) -> None:
        self.code = code
        # a test with real transactions ends with empty tables, the chart of accounts too
        Account.objects.bulk_create(
            [Account(code=c, name=n, fund=f) for c, n, f in chart()], ignore_conflicts=True
        )
        self.province = self.unit("province", code, None)
        self.office = self.unit("base_office", f"{code}.01", self.province)
        if books < NOW:
            Period.objects.create(unit=self.province, month=books.index, state="closed")
        self.period = Period.objects.create(unit=self.province, month=NOW.index)
        self.account = CollectingAccount.objects.create(
            office=self.office,
            bank="Ngân hàng thử",
            bank_bin="970405",
            number=f"{code}34567890",
            holder="BHXH",
            state="confirmed",
            valid_from=date(2025, 7, 1),
        )

    def unit(self, kind: str, code: str, parent: Unit | None) -> Unit:
        unit = Unit.objects.create(
            kind=kind, code=code, name=f"{kind} {code}", name_fold=code, name_sort=code, parent=parent,
            path="/", valid_from=date(2025, 7, 1),
        )  # fmt: skip
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        return unit

    def officer(self, role: str = "collection", unit: Unit | None = None) -> Actor:
        user = User.objects.create(
            username=f"{role}{next(NUMBERS)}", full_name=f"Viên chức {role}", kind="staff"
        )
        RoleAssignment.objects.create(
            user=user,
            role=role,
            unit=unit or self.province,
            valid_from=date(2025, 7, 1),
            decision="1/QĐ",
            state="granted",
        )
        return actor_of(user)

    def clerk(self, employer: Employer) -> Actor:
        user = User.objects.create(username=f"clerk{next(NUMBERS)}", full_name="Kế toán", kind="outside")
        Mandate.objects.create(
            user=user, party_kind="employer", party=employer.pk, role="clerk", state="granted",
            valid_from=date(2025, 7, 1), decision="1/UQ",
        )  # fmt: skip
        return actor_of(user)

    def employer(self, name: str = "", **facts: Any) -> Employer:
        number = next(NUMBERS)
        title = name or f"Công ty Thử {number}"
        return Employer.objects.create(
            **{
                "unit_code": f"98{number:08d}DNA01", "name": title, "name_fold": fold(title),
                "name_sort": sort_key(title), "commune": self.office, "office": self.office, "region": 3,
                "opened_on": date(2020, 1, 1), **facts,
            }
        )  # fmt: skip

    def person(self, name: str = "", **facts: Any) -> Person:
        number = next(NUMBERS)
        title = name or "Nguyễn Thị " + "".join("ABCDEGHIKL"[int(d)].title() for d in str(number)).title()
        return Person.objects.create(
            **{
                "si_number": f"99{number:08d}", "citizen_id": f"020190{number:06d}", "full_name": title,
                "name_fold": fold(title), "name_sort": sort_key(title), "birth_year": 1990,
                "birth_month": 5, "birth_day": 17, "sex": "F", "commune": self.office, "office": self.office,
                "identity": "verified", **facts,
            }
        )  # fmt: skip

    def works(
        self, person: Person, employer: Employer | None, since: Month = SINCE, **facts: Any
    ) -> Participation:
        return Participation.objects.create(
            **{
                "person": person, "employer": employer, "scheme": 1, "from_month": since.index,
                "worker_group": 1, "wage": 8_000_000, "job_title": "Công nhân", **facts,
            }
        )  # fmt: skip


def row(person: Person | None, change: str = "join", direction: str = "increase", **facts: Any) -> D02Row:
    """A row of the official form."""
    given: dict[str, Any] = {
        "name": person.full_name if person else "Trần Văn Mới",
        "si_number": person.si_number if person else None,
        "birth": PartialDate(1990, 5, 17),
        "job": "Công nhân may",
        "wage": 9_000_000,
        "contract": "indefinite",
        "effective_on": date(2026, 6, 1),
        "from_month": NOW,
        "hospital_code": "20001",
        "change": change,
        "direction": direction,
        **facts,
    }
    return D02Row(**given)


def workbook(employer: Employer, rows: list[D02Row], number: str = "01/D02") -> bytes:
    """The list as the official workbook."""
    return write_d02(rows, employer.unit_code, employer.name, number, date(2026, 6, 5))
