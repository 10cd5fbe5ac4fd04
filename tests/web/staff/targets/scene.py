"""A province of two offices and four communes: people in June, targets given down to every commune."""

from __future__ import annotations

from datetime import date

from tests.steering.targets.desk import JUNE, Province, unit

from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account
from ansinh.office.models import Unit
from ansinh.steering.targets import services
from ansinh.steering.targets.models import PlanVersion
from ansinh.steering.targets.plans import Allocation

HEALTH = "participants.health"


class Targets(Province):
    """Số thực hiện tháng 5 và 6, one decided version of the insurer's plan."""

    def __init__(self) -> None:
        super().__init__()
        # the flush between tests that commit takes the chart of accounts away
        Account.objects.bulk_create(
            (Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()), ignore_conflicts=True
        )
        self.communes = [self.tam_thanh, self.ky_lua, self.that_khe, self.doan_ket]
        for count, commune in enumerate(self.communes, start=2):
            for _person in range(count):
                self.card(self.person(commune))
        factory = self.employer("TA0001A", self.one)
        self.work(self.person(self.tam_thanh), factory, si=True, hi=True, ui=True)
        self.pay("p1", factory, JUNE, 40_000_000)
        for month in (JUNE - 1, JUNE):
            services.measure(month, unit=self.province)
        self.plan = services.open_plan(actor=None, unit=self.province, year=2026, source="vss")
        self.version = self.draft(actor=None, decision="9/QĐ-BHXH", on=date(2026, 1, 10))
        amounts = {self.province: 20, self.one: 8, self.two: 12, self.tam_thanh: 3, self.ky_lua: 5,
                   self.that_khe: 4, self.doan_ket: 8}  # fmt: skip
        rows = [Allocation(HEALTH, place.pk, amount) for place, amount in amounts.items()]
        services.cascade(actor=None, version=self.version, allocations=rows)
        services.decide(actor=None, seen=None, version=self.version)

    def draft(self, actor: object = None, decision: str = "21/QĐ-BHXH",
              on: date = date(2026, 2, 1)) -> PlanVersion:  # fmt: skip
        return services.draft(
            actor=actor,  # type: ignore[arg-type]
            plan=self.plan, decision=decision, decided_on=on, decided_by=self.province,
        )  # fmt: skip

    def more_communes(self, office: Unit, count: int) -> None:
        for number in range(count):
            commune = unit("commune", f"07{number:03d}", f"Xã Mới {number}", office)
            self.card(self.person(commune))
        services.measure(JUNE, unit=self.province)
