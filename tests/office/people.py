"""Two provinces with their people: administrators and directors at each level, an officer, a citizen."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from ansinh.office.models import RoleAssignment, Unit, User
from ansinh.office.rights import Actor, actor_of

NUMBERS = count(1)
SINCE = date(2025, 7, 1)
PASSWORD = "Lang-Son-2026-thu"


class People:
    """A province P with offices A and B, a province Q; who works where."""

    def __init__(self) -> None:
        self.p = self.unit("province", None)
        self.a = self.unit("base_office", self.p)
        self.b = self.unit("base_office", self.p)
        self.q = self.unit("province", None)
        self.admin = self.officer("administrator", self.p, name="Bế Công Thành")
        self.second = self.officer("administrator", self.p, name="Hoàng Thị Lụa")
        self.director = self.officer("director", self.p, name="Nguyễn Thị Thảo")
        self.admin_a = self.officer("administrator", self.a, name="Lý Văn Sáng")
        self.director_a = self.officer("director", self.a, name="Nông Văn Thắng")
        self.admin_b = self.officer("administrator", self.b, name="Vi Văn Bình")
        self.admin_q = self.officer("administrator", self.q, name="Trần Văn Quý")
        self.collector = self.officer("collection", self.a, name="Hoàng Thị Yến")
        self.citizen = self.account("outside", name="Đàm Thị Ánh", unit=self.a)
        self.newcomer = self.account("staff", name="Lương Minh Đức", unit=self.a)

    def unit(self, kind: str, parent: Unit | None) -> Unit:
        number = next(NUMBERS)
        made = Unit.objects.create(
            kind=kind, code=f"{number:03d}", name=f"{kind} {number}", name_fold=f"{kind} {number}",
            name_sort=f"{number:03d}", parent=parent, path="/x/", valid_from=SINCE,
        )  # fmt: skip
        made.path = f"{parent.path if parent else '/'}{made.pk}/"
        made.save(update_fields=["path"])
        return made

    def account(self, kind: str, *, name: str = "Người thử", unit: Unit | None = None) -> User:
        user = User.objects.create(
            username=f"u{next(NUMBERS)}", full_name=name, kind=kind, unit=unit,
            password=make_password(PASSWORD),
        )  # fmt: skip
        if kind == "staff":
            TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        return user

    def officer(self, role: str, unit: Unit, *, name: str = "Người thử") -> User:
        user = self.account("staff", name=name)
        self.give(user, role, unit)
        return user

    def give(self, user: User, role: str, unit: Unit, **more: Any) -> RoleAssignment:
        return RoleAssignment.objects.create(
            user=user, role=role, unit=unit, valid_from=SINCE, decision="1/QĐ", state="granted", **more
        )

    @staticmethod
    def actor(user: User) -> Actor:
        return actor_of(User.objects.get(pk=user.pk))
