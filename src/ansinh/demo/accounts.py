"""Tài khoản mẫu: one account per role, a clerk and a citizen, with passwords anybody may know.

Only in the demo profile: the passwords and the secrets of the second factor are derived from the names.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Mandate, RoleAssignment, Unit, User
from ansinh.office.rights import actor_of
from ansinh.office.staff import giving
from ansinh.registers.models import Employer, Participation, Person

PASSWORD = "ansinh-mau-2026"  # noqa: S105 -- printed on the sign-in page of the demonstration
SINCE = date(2025, 7, 1)
DECISION = "01/QĐ-BHXH"
Role = RoleAssignment.Role


@dataclass(frozen=True)
class Officer:
    """Viên chức mẫu: `base` puts the role in the first base office instead of the province."""

    username: str
    full_name: str
    role: str
    base: bool = False


OFFICERS = (
    Officer("tiepnhan", "Nông Thị Hạnh", Role.RECEPTION),
    Officer("thu", "Hoàng Văn Kiên", Role.COLLECTION),
    Officer("chedo", "Vi Thị Thanh Mai", Role.BENEFITS),
    Officer("giamdinh", "Lương Minh Đức", Role.HEALTH_REVIEW),
    Officer("taichinh", "Hứa Thị Thu Hằng", Role.FINANCE),
    Officer("kiemtra", "Triệu Quang Hưng", Role.CHECKS),
    Officer("kehoach", "Đàm Thị Ngọc Ánh", Role.PLANNING),
    Officer("giamdoc", "Nguyễn Thị Phương Thảo", Role.DIRECTOR),
    Officer("quantri", "Bế Công Thành", Role.ADMINISTRATOR),
    Officer("thu.coso", "Hoàng Thị Yến", Role.COLLECTION, base=True),
    Officer("giamdoc.coso", "Lý Văn Thắng", Role.DIRECTOR, base=True),
    Officer("quantri.coso", "Chu Thị Hoa", Role.ADMINISTRATOR, base=True),
)
NEWCOMER = ("tapsu", "Ma Văn Dũng")
"""Whose role one administrator has proposed: the director, or the other administrator, decides it."""
CLERK = "donvi"
CITIZEN = "congdan"
FACE_NAMES = {CLERK: "Đơn vị sử dụng lao động", CITIZEN: "Người dân"}


class NotADemo(BilingualError):  # noqa: N818 -- read as a sentence: raise NotADemo()
    """Không phải bản mẫu: accounts with known passwords exist in the demo profile only."""

    def __init__(self) -> None:
        super().__init__(
            "Tài khoản mẫu chỉ có trong bản trình diễn (ANSINH_PROFILE=demo)",
            "Demonstration accounts exist only in the demo profile (ANSINH_PROFILE=demo)",
            code="demo.profile",
        )


@transaction.atomic
def create(province: Unit) -> int:
    """Open the accounts and give every employer its collection officer; returns accounts that are new.

    Raises `NotADemo` outside the demo profile.
    """
    _only_in_demo()
    offices = list(Unit.objects.filter(kind=Unit.Kind.BASE_OFFICE, parent=province).order_by("code"))
    hashed = make_password(PASSWORD)
    known = set(User.objects.values_list("username", flat=True))
    made = 0
    for officer in OFFICERS:
        made += officer.username not in known
        unit = offices[0] if officer.base else province
        _officer(officer.username, officer.full_name, officer.role, unit, hashed)
    for office in offices[1:]:
        username = f"thu.{office.code}"
        made += username not in known
        _officer(
            username, f"Viên chức thu {office.name.removeprefix('BHXH cơ sở ')}", Role.COLLECTION, office, ""
        )
    made += _faces(offices[0], hashed, known)
    made += _newcomer(offices[0])
    for office in offices:
        user = "thu.coso" if office == offices[0] else f"thu.{office.code}"
        Employer.objects.filter(office=office, officer__isnull=True).update(
            officer=User.objects.get(username=user)
        )
    return made


def officer(username: str) -> User:
    """The demonstration's officer of that name."""
    return User.objects.get(username=username)


def listing() -> list[dict[str, str]]:
    """Danh sách tài khoản: username, password, role, role name, and the code of this half minute.

    The clerk and the citizen sign in without a second factor: their code is empty.
    Raises `NotADemo` outside the demo profile.
    """
    _only_in_demo()
    there = dict(
        User.objects.filter(username__in=[*(o.username for o in OFFICERS), CLERK, CITIZEN]).values_list(
            "username", "full_name"
        )
    )
    rows = [
        (o.username, o.role, f"{Role(o.role).label}{' (BHXH cơ sở)' if o.base else ''}", code_now(o.username))
        for o in OFFICERS
    ] + [(name, kind, FACE_NAMES[name], "") for name, kind in ((CLERK, "employer"), (CITIZEN, "citizen"))]
    return [
        {
            "username": username,
            "password": PASSWORD,
            "role": role,
            "role_name": role_name,
            "full_name": there[username],
            "code": code,
        }
        for username, role, role_name, code in rows
        if username in there
    ]


def code_now(username: str) -> str:
    """Mã xác thực (RFC 6238): that of an officer, as an authenticator would show it now."""
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(_secret(username), counter)))


def _officer(username: str, full_name: str, role: str, unit: Unit, hashed: str) -> None:
    user, created = User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": full_name,
            "kind": User.Kind.STAFF,
            "password": hashed or make_password(None),
            "demo": bool(hashed),
            "unit": unit,
        },
    )
    RoleAssignment.objects.get_or_create(
        user=user,
        role=role,
        unit=unit,
        valid_from=SINCE,
        defaults={"decision": DECISION, "state": RoleAssignment.State.GRANTED},
    )
    if created and hashed and not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, _secret(username))
        RecoveryCodes.activate(user)


def _faces(office: Unit, hashed: str, known: Iterable[str]) -> int:
    """The clerk of a firm of middling size in the first base office, and one of its workers."""
    firm = (
        Employer.objects.filter(office=office, budget=False)
        .annotate(
            workers=Count(
                "participation", filter=Q(participation__to_month__isnull=True, participation__scheme=1)
            )
        )
        .filter(workers__lte=80)
        .order_by("-workers", "id")
        .first()
    )
    if firm is None:
        return 0
    spell = (
        Participation.objects.filter(employer=firm, scheme=1, to_month__isnull=True, si=True)
        .order_by("-wage", "id")
        .values_list("person_id", flat=True)
    )
    person = Person.objects.get(pk=spell[min(2, firm.workers - 1)])
    for username, full_name, party_kind, party, role in (
        (CLERK, firm.name[:100], Mandate.Party.EMPLOYER, firm.pk, Mandate.Role.CLERK),
        (CITIZEN, person.full_name, Mandate.Party.PERSON, person.pk, Mandate.Role.SELF),
    ):
        user, _ = User.objects.get_or_create(
            username=username,
            defaults={
                "full_name": full_name,
                "kind": User.Kind.OUTSIDE,
                "password": hashed,
                "demo": True,
                "unit": office,
            },
        )
        Mandate.objects.get_or_create(
            user=user,
            party_kind=party_kind,
            party=party,
            role=role,
            valid_from=SINCE,
            defaults={"decision": DECISION, "state": Mandate.State.GRANTED, "unit": office},
        )
    return len({CLERK, CITIZEN} - set(known))


def _newcomer(office: Unit) -> int:
    """An account without a password, and a role that waits for the second person."""
    username, full_name = NEWCOMER
    user, created = User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": full_name,
            "kind": User.Kind.STAFF,
            "password": make_password(None),
            "unit": office,
        },
    )
    if created:
        giving.propose_role(
            actor=actor_of(officer("quantri.coso")),
            user=user,
            role=Role.RECEPTION,
            unit=office,
            valid_from=timezone.localdate(),
            valid_to=None,
            decision="15/QĐ-BHXH",
        )
    return int(created)


def _secret(username: str) -> str:
    return base64.b32encode(hashlib.sha1(f"ansinh/{username}".encode()).digest()).decode("ascii")  # noqa: S324


def _only_in_demo() -> None:
    if settings.PROFILE != "demo":
        raise NotADemo
