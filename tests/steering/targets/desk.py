"""A small province: three levels of units, people with their schemes, and money in the ledger."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.months import Month
from ansinh.ledger import services as ledger
from ansinh.ledger.services import Side
from ansinh.office.models import Period, RoleAssignment, Unit, User
from ansinh.office.rights import Actor, actor_of
from ansinh.registers.models import Employer, HealthCard, Participation, Person

JUNE = Month(2026, 6)
SINCE = date(2025, 7, 1)


def unit(kind: str, code: str, name: str, parent: Unit | None = None, since: date = SINCE) -> Unit:
    from ansinh.kernel.text import fold, sort_key

    made = Unit.objects.create(
        kind=kind, code=code, name=name, name_fold=fold(name), name_sort=sort_key(name), parent=parent, path="",
        valid_from=since,
    )  # fmt: skip
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


class Province:
    """Lạng Sơn with two offices of two communes each."""

    def __init__(self) -> None:
        self.vss = unit("vss", "00", "BHXH Việt Nam", since=date(1995, 2, 16))
        self.province = unit("province", "20", "Tỉnh Lạng Sơn", self.vss)
        self.one = unit("base_office", "02001", "BHXH cơ sở Lạng Sơn", self.province)
        self.two = unit("base_office", "02002", "BHXH cơ sở Tràng Định", self.province)
        self.tam_thanh = unit("commune", "05986", "Phường Tam Thanh", self.one)
        self.ky_lua = unit("commune", "05983", "Phường Kỳ Lừa", self.one)
        self.that_khe = unit("commune", "06001", "Xã Thất Khê", self.two)
        self.doan_ket = unit("commune", "06016", "Xã Đoàn Kết", self.two)
        self.employers: dict[str, Employer] = {}
        self._people = 0

    def officer(self, role: str = "planning", at: Unit | None = None) -> Actor:
        user = User.objects.create(
            username=f"{role}{User.objects.count()}", full_name="Lý Thị Thu", kind="staff"
        )
        RoleAssignment.objects.create(
            user=user,
            role=role,
            unit=at or self.province,
            valid_from=SINCE,
            decision="1/QĐ-BHXH",
            state="granted",
        )
        return actor_of(user)

    def employer(self, code: str, office: Unit) -> Employer:
        commune = Unit.objects.filter(parent=office).first()
        self.employers[code] = Employer.objects.create(
            unit_code=code, name=f"Công ty {code}", name_fold=f"cong ty {code.lower()}", name_sort=code,
            commune=commune, office=office, region=4, opened_on=SINCE,
        )  # fmt: skip
        return self.employers[code]

    def person(self, commune: Unit, office: Unit | None = None) -> Person:
        self._people += 1
        return Person.objects.create(
            si_number=f"{2000000000 + self._people}", full_name="Hoàng Văn Bình", name_fold="hoang van binh",
            name_sort="x", birth_year=1990, sex="M", commune=commune, office=office or commune.parent,
        )  # fmt: skip

    def work(self, person: Person, employer: Employer, **fields) -> Participation:
        return Participation.objects.create(
            person=person, employer=employer, scheme=1, worker_group=1, wage=5_000_000,
            **{"from_month": JUNE.index - 5, **fields},
        )  # fmt: skip

    def join(self, person: Person, scheme: int, **fields) -> Participation:
        return Participation.objects.create(
            person=person, scheme=scheme, worker_group=1, **{"from_month": JUNE.index - 5, **fields}
        )

    def card(self, person: Person, payer: str = "budget", closed_on: date | None = None) -> HealthCard:
        return HealthCard.objects.create(
            person=person, number=f"HN{person.si_number}", payer=payer, valid_from=date(2026, 1, 1),
            valid_to=date(2026, 12, 31), closed_on=closed_on,
        )  # fmt: skip

    def pay(self, key: str, employer: Employer, month: Month, amount: int, kind: str = "receipt") -> None:
        Period.objects.get_or_create(unit=self.province, month=month.index)  # the province keeps books
        ledger.post(
            key=key, kind=kind, unit_id=self.province.pk, month=month.index, posted_on=month.last_day,
            sides=[Side("112", amount), Side("338.surplus", -amount, employer.pk)],
        )  # fmt: skip
