"""Rights by two people, accounts with a home, announced days off: what administrators may do, and may not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone
from tests.office.people import People

from ansinh.kernel import workdays
from ansinh.office.hands import HandError
from ansinh.office.models import (
    AccountAct,
    DayOff,
    Hand,
    Mandate,
    RoleAssignment,
    SignInSession,
    Unit,
    User,
)
from ansinh.office.rights import Denied, actor_of
from ansinh.office.signin import invitations
from ansinh.office.signin import services as signin
from ansinh.office.staff import accounts, calendar, giving, selectors, units
from ansinh.office.staff.accounts import AccountError
from ansinh.office.staff.giving import RightError

TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> People:
    return People()


def propose(
    people: People, by: User, for_: User, role: str = "collection", unit: Unit | None = None, **more: Any
):
    asked = {"valid_from": TODAY, "valid_to": None, "decision": "12/QĐ-BHXH", **more}
    return giving.propose_role(actor=people.actor(by), user=for_, role=role, unit=unit or people.a, **asked)


def refused(work: Callable[[], Any], name: str) -> None:
    """The database refuses, naming what it holds."""
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        work()


class TestTwoPeople:
    def test_a_right_is_proposed_by_one_and_given_by_another(self, people: People) -> None:
        right = propose(people, people.admin_a, people.newcomer)
        assert not actor_of(people.newcomer).somewhere("receipt.match"), "only proposed"
        given = giving.grant(actor=people.actor(people.director_a), right=right, seen=giving.seen(right))
        assert actor_of(people.newcomer).held[0].path == people.a.path
        assert (given.proposed_by, given.granted_by) == (people.admin_a, people.director_a)
        parts = {(h.user_id, h.part) for h in Hand.objects.filter(thing="role", key=right.pk)}
        assert parts == {(people.admin_a.pk, "maker"), (people.director_a.pk, "decider")}

    def test_an_administrator_does_not_grant_what_they_proposed(self, people: People) -> None:
        """An administrator holds both verbs: nothing kept one from saying yes to oneself."""
        right = propose(people, people.admin, people.newcomer)
        with pytest.raises(HandError) as said:
            giving.grant(actor=people.actor(people.admin), right=right, seen=giving.seen(right))
        assert said.value.code == "hands.maker"
        row = RoleAssignment.objects.filter(pk=right.pk)
        refused(lambda: row.update(state="granted", granted_by=people.admin), "role_two_people")
        refused(lambda: row.update(state="granted"), "role_granted_by_somebody")

    def test_nobody_is_given_a_right_by_themselves(self, people: People) -> None:
        with pytest.raises(Denied):
            propose(people, people.admin, people.admin, "director", people.p)
        right = propose(people, people.admin, people.second, "director", people.p)
        with pytest.raises(Denied):
            giving.grant(actor=people.actor(people.second), right=right, seen=giving.seen(right))
        row = RoleAssignment.objects.filter(pk=right.pk)
        refused(lambda: row.update(state="granted", granted_by=people.second), "role_two_people")
        mine = {"user": people.admin, "unit": people.p, "valid_from": TODAY, "decision": "1/QĐ"}
        refused(
            lambda: RoleAssignment.objects.create(role="director", proposed_by=people.admin, **mine),
            "role_not_for_oneself",
        )

    def test_no_row_begins_as_granted_once_somebody_proposed_it(self, people: People) -> None:
        """A row could be inserted as granted, with whatever names beside it."""
        row = {
            "user": people.newcomer, "role": "director", "unit": people.p, "valid_from": TODAY,
            "decision": "1/QĐ",
        }  # fmt: skip
        for names in (
            {"proposed_by": people.admin, "state": "granted"},
            {"proposed_by": people.admin, "granted_by": people.second, "state": "granted"},
            {"granted_by": people.second, "state": "granted"},
            {"proposed_by": people.admin, "granted_by": people.second},
        ):
            refused(lambda names=names: RoleAssignment.objects.create(**row, **names), "role_begins")

    def test_a_proposal_of_nobody_is_never_granted(self, people: People) -> None:
        row = RoleAssignment.objects.create(
            user=people.newcomer, role="director", unit=people.p, valid_from=TODAY, decision="1/QĐ"
        )
        one = RoleAssignment.objects.filter(pk=row.pk)
        refused(lambda: one.update(state="granted", granted_by=people.second), "role_stays")

    def test_what_was_proposed_is_what_is_granted(self, people: People) -> None:
        """Somebody's proposal could be another one by the time it was granted."""
        right = propose(people, people.admin_a, people.newcomer)
        row = RoleAssignment.objects.filter(pk=right.pk)
        for change in (
            {"role": "director"}, {"unit": people.p}, {"user": people.collector},
            {"valid_from": TODAY - timedelta(days=9)}, {"valid_to": TODAY}, {"proposed_by": people.second},
        ):  # fmt: skip
            refused(lambda change=change: row.update(**change), "role_stays")
            refused(
                lambda change=change: row.update(state="granted", granted_by=people.director, **change),
                "role_stays",
            )

    def test_a_decision_on_what_was_not_seen_is_refused(self, people: People) -> None:
        right = propose(people, people.admin, people.newcomer)
        seen = giving.seen(right)
        people.give(people.newcomer, "finance", people.b)  # meanwhile
        for digest in (seen, "", "0" * 64):
            with pytest.raises(HandError) as said:
                giving.grant(actor=people.actor(people.director), right=right, seen=digest)
            assert said.value.code == "hands.changed"
        giving.grant(actor=people.actor(people.director), right=right, seen=giving.seen(right))

    def test_a_refusal_needs_its_reason_and_stands(self, people: People) -> None:
        right = propose(people, people.admin, people.newcomer)
        director = people.actor(people.director)
        with pytest.raises(RightError):
            giving.refuse(actor=director, right=right, reason=" ", seen=giving.seen(right))
        giving.refuse(actor=director, right=right, reason="Sai cơ quan", seen=giving.seen(right))
        with pytest.raises(RightError):
            giving.grant(actor=director, right=right, seen=giving.seen(right))
        propose(people, people.admin, people.newcomer)  # the same again is another proposal

    def test_who_no_longer_administers_has_proposed_nothing(self, people: People) -> None:
        right = propose(people, people.admin_a, people.newcomer)
        accounts.suspend(actor=people.actor(people.admin), user=people.admin_a, reason="Nghỉ việc")
        with pytest.raises(RightError) as said:
            giving.grant(actor=people.actor(people.director_a), right=right, seen=giving.seen(right))
        assert said.value.code == "right.proposer"

    def test_two_at_once_decide_once(self, transactional_db: None) -> None:
        people = People()
        right = propose(people, people.admin, people.newcomer)
        seen, gate, said = giving.seen(right), threading.Barrier(2), []

        def decide(who: User) -> None:
            try:
                actor = people.actor(who)
                gate.wait(timeout=20)
                giving.grant(actor=actor, right=right, seen=seen)
                said.append("granted")
            except RightError as error:
                said.append(error.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=decide, args=[u]) for u in (people.director, people.second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert sorted(said) == ["granted", "right.decided"]


class TestWhere:
    def test_a_base_office_gives_no_province_role(self, people: People) -> None:
        """An administrator of one office must not make a director of the province."""
        for unit in (people.p, people.b, people.q):
            with pytest.raises(Denied):
                propose(people, people.admin_a, people.newcomer, "director", unit)
        right = propose(people, people.admin, people.newcomer, "director", people.p)
        for outsider in (people.admin_a, people.director_a, people.admin_b, people.admin_q):
            with pytest.raises(Denied):
                giving.grant(actor=people.actor(outsider), right=right, seen=giving.seen(right))
            with pytest.raises(Denied):
                giving.end(actor=people.actor(outsider), right=right, reason="x")

    def test_an_account_elsewhere_does_not_exist(self, people: People) -> None:
        for outsider in (people.admin_b, people.admin_q, people.collector):
            actor = people.actor(outsider)
            assert not selectors.accounts(actor).filter(pk=people.newcomer.pk).exists()
            with pytest.raises(User.DoesNotExist):
                selectors.account(actor, people.newcomer.pk)
            with pytest.raises(Denied):
                propose(people, outsider, people.newcomer, "reception", people.b)
        assert selectors.account(people.actor(people.admin_a), people.newcomer.pk) == people.newcomer

    def test_an_account_is_managed_only_where_all_its_rights_lie(self, people: People) -> None:
        """The administrator of one office could take over a director who also had a role there."""
        people.give(people.director, "reception", people.a)
        actor = people.actor(people.admin_a)
        assert selectors.account(actor, people.director.pk)
        for work in (
            lambda: accounts.suspend(actor=actor, user=people.director, reason="x"),
            lambda: accounts.reset_factor(actor=actor, user=people.director, reason="x"),
            lambda: accounts.reset_password(actor=actor, user=people.director, reason="x"),
            lambda: accounts.end_sessions(actor=actor, user=people.director),
            lambda: signin.reset_factor(actor=actor, user=people.director),
            lambda: signin.end_sessions(actor=actor, user=people.director, at=people.a),
        ):
            with pytest.raises(Denied):
                work()

    def test_sessions_of_another_province_are_not_ended(self, people: People) -> None:
        SignInSession.objects.create(
            session_key="k" * 32, session_data="", user=people.admin_q,
            expire_date=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
        for outsider in (people.admin, people.admin_a):
            with pytest.raises(Denied):
                accounts.end_sessions(actor=people.actor(outsider), user=people.admin_q)
        assert SignInSession.objects.filter(user=people.admin_q).count() == 1

    def test_what_waits_is_shown_to_whoever_may_decide_it(self, people: People) -> None:
        right = propose(people, people.admin, people.second, "director", people.p)
        for who, sees in (
            (people.director, True), (people.admin, False), (people.second, False),
            (people.director_a, False), (people.admin_q, False), (people.collector, False),
        ):  # fmt: skip
            assert (right in selectors.waiting(people.actor(who))) is sees, who


class TestKinds:
    def test_a_citizen_holds_no_role_and_an_officer_no_mandate(self, people: People) -> None:
        """A citizen's account could be given an officer's role."""
        with pytest.raises(RightError) as said:
            propose(people, people.admin_a, people.citizen)
        assert said.value.code == "right.kind"
        row = {"role": "collection", "unit": people.a, "valid_from": TODAY, "decision": "1/QĐ"}
        refused(
            lambda: RoleAssignment.objects.create(user=people.citizen, state="granted", **row),
            "this kind of account",
        )
        refused(
            lambda: Mandate.objects.create(
                user=people.collector, party_kind="person", party=1, role="self", valid_from=TODAY,
                decision="1/UQ", state="granted",
            ),
            "this kind of account",
        )  # fmt: skip
        refused(lambda: User.objects.filter(pk=people.citizen.pk).update(kind="staff"), "user_kind|kind")

    def test_a_mandate_is_given_by_two(self, people: People) -> None:
        asked = {
            "user": people.citizen, "party_kind": "person", "party": 7, "unit": people.a, "role": "self",
            "valid_from": TODAY, "valid_to": None, "decision": "1/UQ",
        }  # fmt: skip
        with pytest.raises(Denied):
            giving.propose_mandate(actor=people.actor(people.admin_b), **asked)
        with pytest.raises(RightError):
            giving.propose_mandate(actor=people.actor(people.admin_a), **(asked | {"role": "clerk"}))
        given = giving.propose_mandate(actor=people.actor(people.admin_a), **asked)
        shown = ("person", 7, "Đàm Thị Ánh")
        with pytest.raises(HandError):
            giving.grant(
                actor=people.actor(people.director_a), right=given, seen=giving.seen(given), shown=shown
            )
        giving.grant(
            actor=people.actor(people.director_a), right=given, seen=giving.seen(given, *shown), shown=shown
        )
        assert actor_of(people.citizen).parties("person.read", "person") == (7,)


class TestEnding:
    def test_one_administrator_ends_a_right_at_once(self, people: People) -> None:
        right = people.collector.roles.get()
        assert actor_of(people.collector).held
        giving.end(actor=people.actor(people.admin_a), right=right, reason="Chuyển công tác")
        assert not actor_of(people.collector).held, "today too"
        right.refresh_from_db()
        assert (right.state, right.ended_by, right.valid_to) == ("ended", people.admin_a, TODAY)
        assert right.events.order_by("-pgh_id").first().state == "ended"

    def test_a_right_is_shortened_never_prolonged(self, people: People) -> None:
        right = people.collector.roles.get()
        actor = people.actor(people.admin_a)
        giving.end(actor=actor, right=right, reason="Hết đợt", on=TODAY + timedelta(days=9))
        assert actor_of(people.collector).held
        with pytest.raises(RightError):
            giving.end(actor=actor, right=right, reason="x", on=TODAY + timedelta(days=99))
        row = RoleAssignment.objects.filter(pk=right.pk)
        refused(lambda: row.update(valid_to=None), "role_stays")
        refused(lambda: row.update(valid_to=TODAY + timedelta(days=99)), "role_stays")
        refused(row.delete, "Cannot delete|permission denied")

    def test_a_right_that_has_not_begun_is_ended_too(self, people: People) -> None:
        right = propose(people, people.admin, people.newcomer, valid_from=TODAY + timedelta(days=9))
        giving.grant(actor=people.actor(people.director), right=right, seen=giving.seen(right))
        giving.end(actor=people.actor(people.admin), right=right, reason="Không đi")
        assert not actor_of(people.newcomer, TODAY + timedelta(days=20)).held

    def test_nobody_ends_their_own(self, people: People) -> None:
        right = people.admin.roles.get()
        with pytest.raises(Denied):
            giving.end(actor=people.actor(people.admin), right=right, reason="x")
        refused(
            lambda: RoleAssignment.objects.filter(pk=right.pk).update(
                state="ended", ended_by=people.admin, ended_at=timezone.now()
            ),
            "role_ended_by_another",
        )

    def test_an_ended_right_never_returns(self, people: People) -> None:
        right = people.collector.roles.get()
        giving.end(actor=people.actor(people.admin), right=right, reason="x")
        row = RoleAssignment.objects.filter(pk=right.pk)
        refused(lambda: row.update(state="granted"), "role_state|transition")


class TestAccounts:
    def test_an_account_is_opened_without_a_right_at_a_unit(self, people: People) -> None:
        actor = people.actor(people.admin_a)
        user, token = accounts.open_account(
            actor=actor, name=" Mai.Hoang ", full_name="hoàng  thị mai", kind="staff", unit=people.a
        )
        assert (user.username, user.unit, user.has_usable_password()) == ("mai.hoang", people.a, False)
        assert invitations.live(invitations.digest(token)).user == user
        assert selectors.may_manage(actor, user)
        assert not selectors.may_manage(people.actor(people.admin_b), user)
        assert AccountAct.objects.get(user=user).by == people.admin_a
        assert user.events.get().pgh_label == "insert"

    @pytest.mark.parametrize(
        "name", ["ab", "1abc", "mai hoang", "mãi", "a..b", "mai.", "x" * 31, "a/b", "mai\nb"]
    )
    def test_a_username_is_plain(self, people: People, name: str) -> None:
        wanted = {"full_name": "Hoàng Mai", "kind": "staff", "unit": people.a}
        with pytest.raises(AccountError):
            accounts.open_account(actor=people.actor(people.admin), name=name, **wanted)

    def test_a_name_is_taken_in_every_spelling(self, people: People) -> None:
        User.objects.create(username="Mai.LS", full_name="Mai", kind="staff")
        with pytest.raises(AccountError) as said:
            accounts.open_account(
                actor=people.actor(people.admin), name="mai.ls", full_name="Mai", kind="staff", unit=people.a
            )
        assert said.value.code == "account.taken"

    def test_elsewhere_no_account_is_opened(self, people: People) -> None:
        for unit in (people.p, people.b, people.q):
            with pytest.raises(Denied):
                accounts.open_account(
                    actor=people.actor(people.admin_a),
                    name="mai.moi",
                    full_name="Mai",
                    kind="staff",
                    unit=unit,
                )

    def test_acts_have_their_reason_and_are_kept(self, people: People) -> None:
        actor = people.actor(people.admin)
        with pytest.raises(AccountError):
            accounts.suspend(actor=actor, user=people.collector, reason=" ")
        assert User.objects.get(pk=people.collector.pk).is_active
        accounts.suspend(actor=actor, user=people.collector, reason="Nghỉ thai sản")
        with pytest.raises(AccountError):
            accounts.suspend(actor=actor, user=people.collector, reason="lần nữa")
        accounts.restore(actor=actor, user=people.collector, reason="Đi làm lại")
        kept = [(a.act, a.reason) for a in selectors.acts(people.collector)]
        assert kept == [("restore", "Đi làm lại"), ("suspend", "Nghỉ thai sản")]
        refused(lambda: AccountAct.objects.update(reason=""), "Cannot update|permission denied")

    def test_nobody_administers_themselves(self, people: People) -> None:
        actor = people.actor(people.admin)
        for work in (
            lambda: accounts.suspend(actor=actor, user=people.admin, reason="x"),
            lambda: accounts.reset_factor(actor=actor, user=people.admin, reason="x"),
            lambda: accounts.end_sessions(actor=actor, user=people.admin),
            lambda: accounts.forgive(actor=actor, user=people.admin),
        ):
            with pytest.raises(Denied):
                work()


class TestFirstPeople:
    def open(self, people: People, role: str, name: str, unit: Unit | None = None) -> User:
        user, _token = accounts.first(
            name=name, full_name="Người đầu", role=role, unit=unit or people.q, decision="1/QĐ"
        )
        return user

    def test_two_people_are_opened_on_the_server_and_no_third(self, people: People) -> None:
        RoleAssignment.objects.filter(unit=people.q).update(valid_to=TODAY - timedelta(days=1))
        with pytest.raises(AccountError) as said:
            self.open(people, "director", "dau.tien")
        assert said.value.code == "account.first_role"
        one = self.open(people, "administrator", "dau.tien")
        two = self.open(people, "director", "thu.hai")
        with pytest.raises(AccountError) as said:
            self.open(people, "administrator", "thu.ba")
        assert said.value.code == "account.not_first"
        other = people.account("staff", unit=people.q)
        right = propose(people, one, other, "reception", people.q)
        giving.grant(actor=people.actor(two), right=right, seen=giving.seen(right))

    def test_a_running_office_opens_nobody_on_the_server(self, people: People) -> None:
        for role in ("administrator", "director"):
            with pytest.raises(AccountError):
                self.open(people, role, "dau.tien", people.p)


class TestUnits:
    DATA = {
        "address": "1 Hùng Vương", "phone": "0205 000 000", "signer": "Lý Văn Thắng",
        "signer_title": "Giám đốc", "booking_people": None, "booking_money": None, "archives_inputs": False,
    }  # fmt: skip

    def test_a_unit_is_described_where_it_is_administered(self, people: People) -> None:
        before = people.a.events.count()
        units.describe(actor=people.actor(people.admin_a), unit=people.a, **self.DATA)
        people.a.refresh_from_db()
        assert (people.a.signer, people.a.phone) == ("Lý Văn Thắng", "0205 000 000")
        assert people.a.events.count() == before + 1
        for who, unit in (
            (people.admin_a, people.p),
            (people.admin_a, people.b),
            (people.director, people.a),
        ):
            with pytest.raises(Denied):
                units.describe(actor=people.actor(who), unit=unit, **self.DATA)

    def test_a_signer_has_a_title(self, people: People) -> None:
        with pytest.raises(units.UnitError):
            units.describe(
                actor=people.actor(people.admin), unit=people.a, **(self.DATA | {"signer_title": ""})
            )


class TestCalendar:
    DAY = date(2026, 12, 7)  # a Monday

    def announce(self, people: People, day: date, kind: str, who: User | None = None, at: Unit | None = None):
        return calendar.announce(
            actor=people.actor(who or people.admin), at=at or people.p, day=day, kind=kind, name="Nghỉ",
            notice="99/TB-BNV ngày 01/12/2026",
        )  # fmt: skip

    def test_deadlines_count_with_what_was_announced(self, people: People) -> None:
        """Days off could be kept in the record, and no deadline looked at them."""
        friday = date(2026, 12, 4)
        assert workdays.add_working_days(friday, 1) == self.DAY
        self.announce(people, self.DAY, "off")
        assert workdays.add_working_days(friday, 1) == date(2026, 12, 8)
        assert not workdays.is_working_day(self.DAY, week=workdays.SUNDAY_ONLY)
        self.announce(people, date(2026, 12, 5), "worked")
        assert workdays.add_working_days(friday, 1) == date(2026, 12, 5)
        self.announce(people, self.DAY, "ordinary")
        assert workdays.is_working_day(self.DAY)
        assert [e.kind for e in DayOff.objects.get(day=self.DAY).events.order_by("pgh_id")] == ["off", "off"]

    def test_a_holiday_of_the_table_is_taken_back(self, people: People) -> None:
        new_year = date(2027, 1, 1)
        assert not workdays.is_working_day(new_year)
        self.announce(people, new_year, "ordinary")
        assert workdays.is_working_day(new_year)
        assert new_year not in workdays.holidays_of(2027)
        kinds = {d.day: d.kind for d in calendar.of_year(2027)}
        assert kinds[new_year] == "ordinary"

    def test_a_request_reads_once_and_sees_its_own_change(
        self, people: People, django_assert_num_queries: Any
    ) -> None:
        with calendar.once(), django_assert_num_queries(1):
            for n in range(5):
                workdays.add_working_days(date(2026, 12, 4), n)
        with calendar.once():
            workdays.is_working_day(self.DAY)
            self.announce(people, self.DAY, "off")
            assert not workdays.is_working_day(self.DAY)

    def test_supposing_changes_nothing(self, people: People) -> None:
        told = calendar.with_one(self.DAY, "off", "Nghỉ", "1/TB")
        with workdays.supposing(told):
            assert not workdays.is_working_day(self.DAY)
        assert workdays.is_working_day(self.DAY)
        assert not DayOff.objects.exists()

    def test_the_country_s_calendar_is_not_a_base_office_s(self, people: People) -> None:
        for who, at in ((people.admin_a, people.a), (people.admin_a, people.p), (people.director, people.p)):
            with pytest.raises(Denied):
                self.announce(people, self.DAY, "off", who, at)

    def test_a_notice_is_named(self, people: People) -> None:
        actor = people.actor(people.admin)
        for wrong in ({"notice": " "}, {"name": ""}, {"kind": "party"}, {"day": date(2060, 1, 1)},
                      {"kind": "worked"}):  # fmt: skip
            asked = {"day": self.DAY, "kind": "off", "name": "Nghỉ", "notice": "1/TB", **wrong}
            with pytest.raises(calendar.CalendarError):
                calendar.announce(actor=actor, at=people.p, **asked)

    def test_the_law_counts_with_its_table(self, people: People) -> None:
        from ansinh.law.unemployment.deadlines import working_days_after

        before = working_days_after(date(2026, 12, 4), 1)
        self.announce(people, self.DAY, "off")
        assert working_days_after(date(2026, 12, 4), 1) == before

    def test_another_process_sees_it_at_once(self, transactional_db: None) -> None:
        people = People()
        program = (
            "import sys, django; django.setup()\n"
            "from django.conf import settings; from django.db import connection\n"
            "connection.settings_dict['NAME'] = sys.argv[1]\n"
            "from datetime import date; from ansinh.kernel.workdays import is_working_day\n"
            "for line in sys.stdin:\n"
            "    print(is_working_day(date(2026, 12, 7)), flush=True)\n"
        )
        from django.db import connection

        other = subprocess.Popen(
            [sys.executable, "-c", program, connection.settings_dict["NAME"]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        )  # fmt: skip

        def ask() -> str:
            other.stdin.write("?\n")
            other.stdin.flush()
            return other.stdout.readline().strip()

        try:
            assert ask() == "True"
            self.announce(people, self.DAY, "off")
            assert ask() == "False"
        finally:
            other.stdin.close()
            other.wait(timeout=30)


def test_who_looked_at_an_account_is_kept(people: People) -> None:
    from ansinh.office.models import Reading

    selectors.account(people.actor(people.admin), people.collector.pk)
    [line] = Reading.objects.filter(subject="user", subject_id=people.collector.pk)
    assert (line.look.user, line.look.purpose) == (people.admin, "mandate")


def test_integrity_is_the_database_s(people: People) -> None:
    """An invitation of the server names nobody; one of a person is never for that person."""
    from ansinh.office.models import Invitation

    invitations.make(user=people.newcomer, purpose="account", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        invitations.make(user=people.newcomer, purpose="account", by=people.newcomer)
    assert Invitation.objects.filter(user=people.newcomer).count() == 1
