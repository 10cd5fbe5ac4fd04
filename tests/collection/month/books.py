"""A small set of books in the database: one province, one office, employers and their people."""

from __future__ import annotations

from datetime import date
from itertools import count

from ansinh.collection.models import Receipt
from ansinh.kernel.months import Month
from ansinh.law.contributions.groups import WorkerGroup
from ansinh.ledger import services as ledger
from ansinh.office.models import Unit
from ansinh.registers.models import CollectingAccount, Employer, Participation, Person

NUMBERS = count(1)


class Books:
    """Sổ thử: months start where the first period is opened."""

    def __init__(self, code: str = "20") -> None:
        day = date(2025, 7, 1)
        self.province = self._unit("province", code, None, day)
        self.office = self._unit("base_office", f"{code}.01", self.province, day)
        self.account = CollectingAccount.objects.create(
            office=self.office,
            bank="Ngân hàng thử",
            bank_bin="970405",
            number=f"12345678{code}",
            holder="BHXH",
            state="confirmed",
            valid_from=day,
        )

    def _unit(self, kind: str, code: str, parent: Unit | None, day: date) -> Unit:
        unit = Unit.objects.create(
            kind=kind,
            code=code,
            name=f"{kind} {code}",
            name_fold=code,
            name_sort=code,
            parent=parent,
            path="/",
            valid_from=day,
        )
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        return unit

    def employer(self, *, workers: int = 2, wage: int = 10_000_000, cycle: int = 1) -> Employer:
        number = next(NUMBERS)
        employer = Employer.objects.create(
            unit_code=f"TZ{number:05d}Z",
            name=f"Đơn vị {number}",
            name_fold=f"don vi {number}",
            name_sort=f"don vi {number:05d}",
            commune=self.office,
            office=self.office,
            region=3,
            cycle=cycle,
            opened_on=date(2020, 1, 1),
        )
        for _ in range(workers):
            self.worker(employer, wage=wage)
        return employer

    def worker(
        self,
        employer: Employer,
        *,
        wage: int = 10_000_000,
        since: Month | None = None,
        declared: bool = False,
    ) -> Participation:
        number = next(NUMBERS)
        person = Person.objects.create(
            si_number=f"99{number:08d}",
            full_name=f"Người {number}",
            name_fold=f"nguoi {number}",
            name_sort=f"nguoi {number:08d}",
            birth_year=1990,
            sex="F",
            commune=self.office,
            office=self.office,
        )
        return Participation.objects.create(
            person=person,
            employer=employer,
            scheme=Participation.Scheme.COMPULSORY,
            from_month=(since or Month(2025, 10)).index,
            worker_group=WorkerGroup.EMPLOYEE,
            wage=wage,
            declaration_id=number if declared else None,
        )

    def pay(self, employer: Employer, day: date, amount: int) -> None:
        """Tiền về: matched at once, as an exact transfer text is."""
        reference = f"T{next(NUMBERS)}"
        month = Month.of(day).index
        Receipt.objects.create(
            unit_id=self.province.pk,
            account=self.account,
            reference=reference,
            booked_on=day,
            value_on=day,
            month=month,
            amount=amount,
            state="matched",
            employer=employer,
            matched_month=month,
        )
        ledger.post(
            key=f"receipt:{reference}",
            kind="receipt",
            unit_id=self.province.pk,
            month=month,
            posted_on=day,
            sides=[
                ledger.Side(ledger.BANK, amount),
                ledger.Side(ledger.SURPLUS, -amount, employer.pk),
            ],
        )
