"""Hai tỉnh, ba cơ quan: everything an address can name, at A and B of one province and at C of another.

Whoever is at a desk there is a seat: `scene.seats["collection@A"]`. Places are `scene.places["A"]` and so on.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from tests.collection import casework
from tests.collection.declarations.scenery import row, workbook
from tests.steering.targets.desk import unit
from tests.web.doors.names import Names

from ansinh.collection.declarations import services as declarations
from ansinh.collection.models import BankFile, Declaration, Receipt, Refund, Statement
from ansinh.collection.month import services as months
from ansinh.collection.notices import services as notices
from ansinh.kernel.months import Month
from ansinh.kernel.text import fold, sort_key
from ansinh.ledger import services as ledger
from ansinh.ledger.models import Account
from ansinh.office import documents
from ansinh.office.alarms.models import Alert
from ansinh.office.cases import services as cases
from ansinh.office.cases.papers import CaseBar, CaseStandIn
from ansinh.office.models import Mandate, Run, SignInSession, Unit, User
from ansinh.office.rights import Actor, actor_of
from ansinh.office.rights.models import RoleAssignment
from ansinh.registers.models import (
    CollectingAccount,
    Employer,
    HealthCard,
    Household,
    Participation,
    Person,
)
from ansinh.steering.targets import services as targets
from ansinh.steering.targets.models import Plan, PlanVersion
from ansinh.steering.targets.plans import Allocation

MONTH = Month(2026, 1)
SINCE = date(2025, 7, 1)
DAY = date(2026, 1, 20)
DAY_LONG = 24 * 3600
WAITING: dict[str, Any] = {"state": "waiting", "balanced": False}
ROLES = tuple(RoleAssignment.Role.values)
HEALTH = "participants.health"
SEATS = (
    *(f"{role}@{place}" for place in "AP" for role in ROLES),
    "mixed", "nobody", "clerk", "clerk-of-two", "citizen", "parent", "proxy", "stranger",
)  # fmt: skip
"""Everybody's name: each role at a base office and at its province, then those who are neither."""


@dataclass
class Place:
    """Một cơ quan với mọi thứ của nó."""

    office: Unit
    province: Unit
    commune: Unit
    account: CollectingAccount
    people: dict[str, Person] = field(default_factory=dict)
    employers: dict[str, Employer] = field(default_factory=dict)
    household: Household | None = None
    declarations: dict[str, Declaration] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    refunds: dict[str, Refund] = field(default_factory=dict)
    bank_file: BankFile | None = None
    waiting: BankFile | None = None
    plan: Plan | None = None
    decided: PlanVersion | None = None
    draft: PlanVersion | None = None
    run: Run | None = None
    account_of: dict[str, User] = field(default_factory=dict)
    role: RoleAssignment | None = None
    mandate: Mandate | None = None
    proposed: CollectingAccount | None = None
    alert: Alert | None = None
    stand_in: CaseStandIn | None = None
    bar: CaseBar | None = None


@dataclass(frozen=True)
class Seat:
    """Một người ở một chỗ: what they hold, (role, place) or (mandate, party kind, key); their session."""

    name: str
    user: User | None = None
    held: tuple[tuple[str, str], ...] = ()
    mandates: tuple[tuple[str, str, int], ...] = ()
    session: str = ""


class Scene:
    """Cảnh: built once, committed, changed by nobody for longer than a request."""

    def __init__(self) -> None:
        self.names = Names()
        self.people: dict[str, Person] = {}
        self.by_token: dict[str, tuple[str, int]] = {}
        """What a token stands for: (subject, key)."""
        Account.objects.bulk_create(
            [Account(code=c, name=n, fund=f) for c, n, f in ledger.chart()], ignore_conflicts=True
        )
        self.vss = unit("vss", "00", "BHXH Việt Nam", since=date(1995, 2, 16))
        self.p = unit("province", "20", "BHXH tỉnh Thử Một", self.vss)
        self.q = unit("province", "24", "BHXH tỉnh Thử Hai", self.vss)
        self.places = {
            "A": self._place("20.01", self.p, "05986"),
            "B": self._place("20.02", self.p, "06001"),
            "C": self._place("24.01", self.q, "07210"),
        }
        for place in self.places.values():
            self._registers(place)
        self._across()
        for province in (self.p, self.q):
            self._months(province)
        targets.load_indicators()
        for place in self.places.values():
            self._declarations(place)
            self._refunds(place)
            self._cases(place)
            self._plans(place)
            self._administration(place)
        for province in (self.p, self.q):
            targets.measure(MONTH, unit=province)
        self.seats = {seat.name: seat for seat in self._seats()}

    def unit_of(self, name: str) -> Unit:
        """The unit a seat's place names: A, B, C, P (the province of A and B), Q (that of C)."""
        provinces = {"P": self.p, "Q": self.q, "V": self.vss}
        return provinces[name] if name in provinces else self.places[name].office

    # the registers

    def _place(self, code: str, province: Unit, commune: str) -> Place:
        office = unit("base_office", code, f"BHXH cơ sở {code}", province)
        account = CollectingAccount.objects.create(
            office=office, bank="Ngân hàng thử", bank_bin="970405", number=f"77{code.replace('.', '')}01",
            holder="BHXH", valid_from=SINCE, state="confirmed",
        )  # fmt: skip
        return Place(office, province, unit("commune", commune, f"Xã {commune}", office), account)

    def person(self, place: Place, role: str, **facts: Any) -> Person:
        token, number = self.names.token("p")
        name = f"Nguyễn Thị {token}"
        made = Person.objects.create(
            **{
                "si_number": f"99{number:08d}", "citizen_id": f"020190{number:06d}", "full_name": name,
                "name_fold": fold(name), "name_sort": sort_key(name), "birth_year": 1990, "birth_month": 5,
                "birth_day": 17, "sex": "F", "commune": place.commune, "office": place.office,
                "identity": "verified", "phone": f"09{number:08d}", **facts,
            }
        )  # fmt: skip
        place.people[role] = made
        for mark in (token.lower(), made.si_number, made.citizen_id):
            self.by_token[str(mark)] = ("person", made.pk)
        return made

    def employer(self, place: Place, role: str, **facts: Any) -> Employer:
        token, number = self.names.token("e")
        name = f"Công ty {token}"
        made = Employer.objects.create(
            **{
                "unit_code": f"98{number:08d}DNA01", "tax_code": f"46{number:08d}", "name": name,
                "name_fold": fold(name), "name_sort": sort_key(name), "commune": place.commune,
                "office": place.office, "region": 3, "opened_on": date(2020, 1, 1), **facts,
            }
        )  # fmt: skip
        place.employers[role] = made
        for mark in (token.lower(), made.unit_code.lower(), made.tax_code):
            self.by_token[mark] = ("employer", made.pk)
        return made

    def works(self, person: Person, employer: Employer | None, **facts: Any) -> Participation:
        return Participation.objects.create(
            **{
                "person": person, "employer": employer, "scheme": 1, "from_month": (MONTH - 3).index,
                "worker_group": 1, "wage": 10_000_000, "job_title": "Công nhân", **facts,
            }
        )  # fmt: skip

    def _registers(self, place: Place) -> None:
        paying, late = self.employer(place, "paying"), self.employer(place, "late")
        for role, employer in (("one", paying), ("two", paying), ("three", late)):
            self.works(self.person(place, role), employer)
        place.household = Household.objects.create(
            code=f"H{place.office.code}", commune=place.commune, address="1 Đường Thử"
        )
        for role, relation in (("head", "head"), ("child", "child"), ("pensioner", "parent")):
            facts = {"household": place.household, "relation": relation}
            member = self.person(place, role, **facts)
            HealthCard.objects.create(
                person=member, number=f"HN{member.si_number}", payer="household",
                valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
            )  # fmt: skip
        for role in ("joiner", "returner", "booked", "refunded"):
            self.person(place, role)

    def _across(self) -> None:
        """Somebody of B who works at A, and lives with somebody of A."""
        a, b = self.places["A"], self.places["B"]
        self.shared = Household.objects.create(code="HAB", commune=a.commune, address="2 Đường Thử")
        crossing = self.person(b, "crossing", household=self.shared, relation="head")
        self.person(a, "lodger", household=self.shared, relation="sibling")
        self.works(crossing, a.employers["paying"])

    def _months(self, province: Unit) -> None:
        """The month run; two employers of each office as if they were late, and a letter to one of them."""
        months.open_month(unit=province, month=MONTH)
        here = [place for place in self.places.values() if place.province == province]
        for place in here:
            self._money(place)
        run = months.run_month(actor=None, unit=province, month=MONTH)
        for place in here:
            place.run = run
            stands = Statement.objects.get(employer_id=place.employers["late"].pk)
            stands.pk, stands.version, stands.digest = None, 2, "late"
            stands.short_late, stands.short_evaded = stands.short - 1_000, 1_000
            stands.save()
        notices.urge(actor=None, seen=None, unit=province, month=MONTH, issued_on=date(2026, 2, 5))
        for place in here:
            stands = Statement.objects.filter(employer_id=place.employers["late"].pk).latest("version")
            stands.pk, stands.version = None, 1
            stands.employer_id = self.employer(place, "unurged").pk
            stands.save()

    # money

    def _bank_file(self, place: Place, name: str, new: dict[str, int], **facts: Any) -> BankFile:
        given = documents.examine(f"ngay;so tien;{name}\n".encode(), name)
        with transaction.atomic():  # no statement is committed without its document
            made = BankFile.objects.create(
                unit_id=place.province.pk,
                account=place.account,
                file_name=name,
                counts=new,
                digest=given.digest,
                **facts,
            )
            documents.keep(actor=self._maker("collection", place), file=given, thing="bank_file", key=made.pk)
        return made

    def _money(self, place: Place) -> None:
        code, paying = place.office.code, place.employers["paying"]
        place.bank_file = self._bank_file(place, f"sao-ke-{code}.csv", {"new": 2, "suspense": 1})
        place.waiting = self._bank_file(place, f"lap-tay-{code}.csv", {"new": 1}, **WAITING)
        for state, amount, employer in (
            ("matched", 9_000_777, paying),
            ("suspense", 1_234_000, None),
            ("refunded", 500_000, None),
        ):
            reference = f"FT-{code}-{state}"
            place.receipts[state] = Receipt.objects.create(
                unit_id=place.province.pk, account=place.account, reference=reference, booked_on=DAY, value_on=DAY, amount=amount,
                month=MONTH.index, state=state, employer=employer, bank_file=place.bank_file,
                matched_month=MONTH.index if employer else None, text="chuyen tien bao hiem",
                payer_name="NGUOI CHUYEN", payer_account="0101",
            )  # fmt: skip
            party = (ledger.SURPLUS, paying.pk) if employer else (ledger.SUSPENSE, None)
            ledger.post(
                key=f"receipt:{reference}", kind="receipt", unit_id=place.province.pk, month=MONTH.index,
                posted_on=DAY,
                sides=[ledger.Side(ledger.BANK, amount), ledger.Side(party[0], -amount, party[1])],
            )  # fmt: skip

    def _refunds(self, place: Place) -> None:
        person, employer = place.people["refunded"], place.employers["paying"]
        receives = {
            "payee": person.full_name,
            "bank_account": "1020304050",
            "reason": "Đóng trùng",
            "most": 450_000,
        }
        place.refunds = {
            "person": casework.refund(
                office=place.office, person=person, employer=employer, amount=450_000,
                declaration=place.declarations["booked"], **receives,
            ),
            "unassessed": casework.refund(
                office=place.office, person=person, employer=employer, amount=0,
                declaration=place.declarations["booked"], **receives,
            ),
            "employer": casework.refund(
                office=place.office, employer=employer, amount=1_000, payee=employer.name,
                bank_account="5544332211", reason="Nộp thừa", most=1_000,
            ),
        }  # fmt: skip

    # declarations

    def _declarations(self, place: Place) -> None:
        paying = place.employers["paying"]
        taker, booker = self._maker("collection", place), self._maker("director", place)
        since = {"from_month": MONTH, "effective_on": MONTH.first_day}

        def taken(number: str, *rows: Any) -> Declaration:
            return declarations.receive(
                actor=taker, employer=None, data=workbook(paying, list(rows), number), file_name="d02.xlsx"
            )

        booked = taken("01/D02", row(place.people["booked"], **since))
        place.declarations["booked"] = declarations.book(
            actor=booker, declaration=booked, seen=declarations.as_seen(booked)
        )
        place.declarations["checked"] = taken("02/D02", row(place.people["joiner"], **since))
        place.declarations["draft"] = taken("03/D02", row(place.people["returner"], wage=None, **since))
        returned = taken("04/D02", row(place.people["returner"], wage=9_100_000, **since))
        place.declarations["returned"] = declarations.return_(
            actor=taker, declaration=returned, reason="Thiếu hợp đồng", seen=declarations.as_seen(returned)
        )
        for state, made in place.declarations.items():
            made.refresh_from_db()
            if made.state != state:
                raise AssertionError((state, made.state, made.problems))

    def _cases(self, place: Place) -> None:
        """Somebody who stands in for a clerk of the office, and who keeps away from one of its employers."""
        director, clerk = self._maker("director", place), self._maker("collection", place)
        today = timezone.localdate()
        place.stand_in = cases.stand_in(
            actor=director, at=place.office, officer=clerk.user, by=director.user, valid_from=today,
            valid_to=today, reason="Nghỉ phép",
        )  # fmt: skip
        place.bar = cases.bar(
            actor=director, at=place.office, officer=clerk.user, party_kind="employer",
            party=place.employers["late"].pk, reason="Người nhà",
        )  # fmt: skip

    # targets

    def _plans(self, place: Place) -> None:
        year = MONTH.year
        place.plan = targets.open_plan(actor=None, unit=place.office, year=year, source="vss")
        facts = {"plan": place.plan, "decided_on": date(2026, 1, 10), "decided_by": place.office}
        place.decided = targets.draft(actor=None, decision="9/QĐ-BHXH", **facts)
        given = [Allocation(HEALTH, u.pk, 12) for u in (place.office, place.commune)]
        targets.cascade(actor=None, version=place.decided, allocations=given)
        targets.decide(actor=None, seen=None, version=place.decided)
        place.draft = targets.draft(actor=self._maker("planning", place), decision="21/QĐ-BHXH", **facts)

    def session_of(self, user: User) -> Seat:
        """A seat of somebody of the scene who has none of their own."""
        return Seat(user.username, user, session=_session(user))

    # administration

    def _administration(self, place: Place) -> None:
        """An officer and a clerk of the office, and a right, a mandate, an account that wait for a second."""
        code, by = place.office.code, self._maker("administrator", place).user
        officer = User.objects.create_user(
            username=f"vien.chuc.{code}", full_name="Viên chức cơ sở", kind="staff", unit=place.office,
            password="Lang-Son-2026-thu",
        )  # fmt: skip
        self._give(officer, "reception", place.office)
        clerk = User.objects.create_user(
            username=f"ke.toan.{code}", full_name="Kế toán", kind="outside", unit=place.office
        )
        place.account_of = {"staff": officer, "outside": clerk}
        since = {"valid_from": date(2026, 12, 1), "decision": "2/QĐ-BHXH", "proposed_by": by}
        place.role = RoleAssignment.objects.create(user=officer, role="finance", unit=place.office, **since)
        place.mandate = Mandate.objects.create(
            user=clerk, party_kind="employer", party=place.employers["paying"].pk, role="clerk",
            unit=place.office, **since,
        )  # fmt: skip
        place.proposed = CollectingAccount.objects.create(
            office=place.office, bank="Ngân hàng thử", bank_bin="970415", number=f"88{code.replace('.', '')}02",
            holder="BHXH", valid_from=date(2026, 12, 1), proposed_by=by,
        )  # fmt: skip
        place.alert = Alert.objects.create(
            kind="check", level="stop", whose="user", whose_id=officer.pk, user=officer, office=place.office,
            day=date(2026, 11, 1), count=100,
        )  # fmt: skip

    # people at desks

    def _maker(self, role: str, place: Place) -> Actor:
        """An officer who only makes the scene."""
        name = f"lap.{role}.{place.office.code}"
        user, new = User.objects.get_or_create(
            username=name, defaults={"full_name": "Người lập", "kind": "staff"}
        )
        if new:
            self._give(user, role, place.office)
        return actor_of(user)

    def _give(self, user: User, role: str, at: Unit) -> None:
        RoleAssignment.objects.create(
            user=user, role=role, unit=at, valid_from=SINCE, decision="1/QĐ-BHXH", state="granted"
        )

    def _seats(self) -> list[Seat]:
        a, b = self.places["A"], self.places["B"]
        ours, theirs = a.employers["paying"].pk, b.employers["paying"].pk
        made = [self._seat(f"{role}@{place}", ((role, place),)) for place in "AP" for role in ROLES]
        made.append(self._seat("mixed", (("reception", "A"), ("collection", "B"))))
        made.append(self._seat("nobody", ()))
        for name, *mandates in (
            ("clerk", ("clerk", "employer", ours)),
            ("clerk-of-two", ("clerk", "employer", ours), ("clerk", "employer", theirs)),
            ("citizen", ("self", "person", a.people["one"].pk)),
            ("parent", ("parent", "person", a.people["child"].pk)),
            ("proxy", ("proxy", "person", a.people["pensioner"].pk)),
        ):
            made.append(self._outside(name, tuple(mandates)))
        made.append(Seat("stranger"))
        return made

    def _seat(self, name: str, held: tuple[tuple[str, str], ...]) -> Seat:
        user = User.objects.create(username=name.replace("@", "."), full_name="Người thử", kind="staff")
        for role, place in held:
            self._give(user, role, self.unit_of(place))
        TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(user)
        return Seat(name, user, held=held, session=_session(user))

    def _outside(self, name: str, mandates: tuple[tuple[str, str, int], ...]) -> Seat:
        user = User.objects.create(username=name, full_name="Người ngoài", kind="outside")
        for role, kind, party in mandates:
            Mandate.objects.create(
                user=user, party_kind=kind, party=party, role=role, valid_from=SINCE, decision="1/UQ",
                state="granted",
            )  # fmt: skip
        return Seat(name, user, mandates=mandates, session=_session(user))


def _session(user: User) -> str:
    """A session in which the second factor was shown; as good as new for as long as the tests take."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time() + DAY_LONG, "type": "totp"}
    ]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    seen = timezone.now() + timedelta(seconds=DAY_LONG)
    SignInSession.objects.filter(user=user).update(seen_at=seen, address="127.0.0.1", agent="")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
