"""Signing in, below the pages: waits, codes used once, sealed secrets, sessions, invitations."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.sessions.backends.base import UpdateError
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from ansinh.office.models import (
    Invitation,
    RoleAssignment,
    SignInCounter,
    SignInSession,
    Unit,
    UsedStep,
    User,
)
from ansinh.office.rights import Denied, actor_of
from ansinh.office.signin import factors, invitations, purging, sealing, services, sessions, waiting
from ansinh.office.signin.sessions import SessionStore
from ansinh.office.signin.waiting import Purpose

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "Chi-Lang-1427-x"

pytestmark = pytest.mark.django_db


def code(secret: str = SECRET, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def fail(username: str, device: str = "", purpose: str = Purpose.PASSWORD) -> waiting.Attempt:
    return waiting.charge(purpose=purpose, username=username, device=device)


def at_once(work: Callable[[], Any], times: int) -> list[Any]:
    """The same work from several connections at the same moment, as from several processes."""
    gate = threading.Barrier(times)
    results: list[Any] = []

    def one() -> None:
        try:
            gate.wait(timeout=20)
            results.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


class TestWaiting:
    def test_waits_grow_from_a_second_to_a_quarter_of_an_hour(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            waits = []
            for _ in range(18):
                made = fail("mai.ls")
                assert made.allowed
                waits.append(int((made.waits_until - timezone.now()).total_seconds()))
                clock.shift(waits[-1])
        assert waits == [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900]

    def test_who_does_not_wait_is_not_heard_and_waits_no_longer_for_it(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for _ in range(4):
                first = fail("mai.ls")
            again = fail("mai.ls")
            assert (again.allowed, again.failures) == (False, 4)
            assert again.waits_until == first.waits_until
            assert again.seconds == 1
            clock.shift(1)
            assert fail("mai.ls").allowed

    def test_the_owner_s_device_does_not_wait_for_strangers(self) -> None:
        for _ in range(4):
            fail("mai.ls")
        assert not fail("mai.ls").allowed
        owner = fail("mai.ls", device="a" * 32)
        assert owner.allowed
        waiting.settle(owner)
        assert not fail("mai.ls").allowed, "a success clears its own counter only"

    def test_codes_and_passwords_are_counted_apart(self) -> None:
        for _ in range(4):
            fail("mai.ls", purpose=Purpose.CODE)
        password = fail("mai.ls")
        assert password.allowed
        waiting.settle(password)
        assert not fail("mai.ls", purpose=Purpose.CODE).allowed, "knowing the password buys no more codes"

    def test_every_spelling_is_one_account(self) -> None:
        for name in ("mai.ls", "MAI.LS", " Mai.ls ", "mai.LS"):
            fail(name)
        assert not fail("mai.ls").allowed
        assert SignInCounter.objects.count() == 1

    def test_who_began_earlier_and_is_counted_later_waits_for_nothing(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for _ in range(3):
                fail("mai.ls")
            clock.shift(timedelta(milliseconds=-5))
            assert fail("mai.ls").allowed
            assert not fail("mai.ls").allowed

    def test_the_table_does_not_say_who(self) -> None:
        fail("mai.ls")
        assert "mai" not in SignInCounter.objects.values_list("account", flat=True).get()

    def test_a_day_without_attempts_is_forgotten(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for _ in range(4):
                fail("mai.ls")
            clock.shift(timedelta(hours=24, seconds=1))
            assert waiting.strangers("mai.ls") == []
            assert fail("mai.ls").failures == 1
            clock.shift(timedelta(hours=25))
            purging.purge(0)
            assert not SignInCounter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_attempts_at_once_get_no_more_than_four_in_a_row() -> None:
    """Possible before: each process kept its own count, so N processes allowed N times the attempts."""
    made = at_once(lambda: fail("mai.ls").allowed, 20)
    assert sum(made) == 4
    assert len(made) == 20


class TestCodes:
    def test_a_step_is_used_once_and_never_an_older_one(self, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        now = int(time.time()) // 30
        assert factors.take(user, now)
        assert not factors.take(user, now)
        assert not factors.take(user, now - 1)
        assert factors.take(user, now + 1)

    def test_a_used_code_says_how_long_to_wait(self, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        with time_machine.travel(1_800_000_010, tick=False):
            assert factors.check(user, code()).authenticator is not None
            again = factors.check(user, code())
            assert again.authenticator is None
            assert again.wait == 20
            older = factors.check(user, code(steps=-1))
            assert (older.authenticator, older.wait) == (None, 20)
            assert factors.check(user, "000000") == factors.Checked()

    def test_a_recovery_code_is_used_once(self, officer: Callable[..., Any]) -> None:
        user = officer("collection", enrolled=False)
        factors.enrol(user, secret=SECRET, step=1)
        paper = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
        assert factors.check(user, paper[0]).authenticator is not None
        assert factors.check(user, paper[0]).authenticator is None


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_code_from_six_places_counts_once(self, officer: Callable[..., Any]) -> None:
        """Possible before: the mark was in one process's cache; the other took the same code again."""
        user, shown = officer("collection"), code()
        results = at_once(lambda: factors.check(user, shown).authenticator is not None, 6)
        assert sorted(results) == [False] * 5 + [True]

    def test_one_recovery_code_from_six_places_counts_once(self, officer: Callable[..., Any]) -> None:
        user = officer("collection", enrolled=False)
        factors.enrol(user, secret=SECRET, step=1)
        paper = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[3]
        results = at_once(lambda: factors.check(user, paper).authenticator is not None, 6)
        assert sorted(results) == [False] * 5 + [True]

    def test_one_invitation_from_four_places_opens_one_account(self, officer: Callable[..., Any]) -> None:
        admin, user = officer("administrator"), officer("collection", enrolled=False)
        digest = invitations.digest(invitations.make(user=user, purpose="account", by=admin))

        def accept() -> str:
            try:
                invitations.accept(token_hash=digest, password_hash="x", secret=SECRET, step=1)
            except invitations.InvitationOver as over:
                return over.code
            return "accepted"

        assert sorted(at_once(accept, 4)) == ["accepted", *["invite.over"] * 3]


class TestSealing:
    def test_nothing_is_in_the_clear(self, officer: Callable[..., Any]) -> None:
        """Possible before: whoever read the database (a backup is enough) could show every officer's codes."""
        user = officer("collection", enrolled=False)
        factors.enrol(user, secret=SECRET, step=1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT data::text FROM mfa_authenticator WHERE user_id = %s", [user.pk])
            rows = [row[0] for row in cursor.fetchall()]
        assert len(rows) == 2
        assert all(SECRET not in row and "gAAAA" in row for row in rows)
        seed = Authenticator.objects.get(user=user, type="recovery_codes").data["seed"]
        assert len(sealing.unseal(seed)) == 80

    def test_keys_are_replaced(self, officer: Callable[..., Any], settings: Any) -> None:
        from cryptography.fernet import Fernet

        old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
        settings.FIELD_KEYS = [old]
        user = officer("collection")
        settings.FIELD_KEYS = [new, old]
        assert factors.check(user, code()).authenticator is not None
        assert factors.reseal() == 1
        settings.FIELD_KEYS = [new]
        assert sealing.unseal(Authenticator.objects.get(user=user).data["secret"]) == SECRET
        settings.FIELD_KEYS = [old]
        with pytest.raises(sealing.SealBroken):
            factors.check(user, code(steps=1))

    def test_production_seals_under_keys_of_its_own(self, settings: Any) -> None:
        """Secrets sealed before the keys were set could never be opened again, or by whoever has one secret."""
        from cryptography.fernet import Fernet

        settings.PROFILE = "production"
        for wrong in ([], ["short"], [Fernet.generate_key().decode(), ""]):
            settings.FIELD_KEYS = wrong
            assert not sealing.has_keys()
            with pytest.raises(sealing.NoSealKey):
                sealing.seal("x")
        settings.FIELD_KEYS = [Fernet.generate_key().decode()]
        assert sealing.has_keys()
        assert sealing.unseal(sealing.seal("x")) == "x"

    def test_a_secret_in_the_clear_is_refused_until_it_is_sealed(
        self, officer: Callable[..., Any], capsys: Any
    ) -> None:
        user = officer("collection", enrolled=False)
        Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
        with pytest.raises(sealing.SealBroken):
            factors.check(user, code())
        call_command("reseal")
        assert "1 khóa" in capsys.readouterr().out
        assert factors.check(user, code()).authenticator is not None

    def test_the_migration_seals_what_is_there(self, officer: Callable[..., Any]) -> None:
        from importlib import import_module

        from django.apps import apps

        user = officer("collection", enrolled=False)
        held = Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET})
        module = import_module("ansinh.office.migrations.0004_seal_factors")
        module.seal(apps, None)
        held.refresh_from_db()
        assert sealing.unseal(held.data["secret"]) == SECRET
        module.unseal(apps, None)
        held.refresh_from_db()
        assert held.data["secret"] == SECRET


class TestSessions:
    def open(self, user: User | None = None) -> SessionStore:
        store = SessionStore()
        if user is not None:
            store["_auth_user_id"] = str(user.pk)
        store["kept"] = "draft"
        store.save()
        return store

    def test_a_session_that_rests_is_over(self, officer: Callable[..., Any]) -> None:
        """Possible before: a browser left open stayed signed in for eight hours."""
        with time_machine.travel(timezone.now(), tick=False) as clock:
            key = self.open(officer("collection")).session_key
            clock.shift(29 * 60)
            assert SessionStore(key).get("kept") == "draft"
            clock.shift(2 * 60)
            over = SessionStore(key)
            assert over.get("kept") is None
            assert over.session_key is None
        assert not SignInSession.objects.exists()

    def test_work_keeps_it_and_is_noted_once_a_minute(self, officer: Callable[..., Any]) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            key = self.open(officer("collection")).session_key
            row = SignInSession.objects.get(pk=key)
            assert sessions.note(row, address="203.0.113.7", agent="x" * 900)
            assert not sessions.note(row, address="203.0.113.7", agent="x" * 900)
            for _ in range(3):
                clock.shift(20 * 60)
                store = SessionStore(key)
                assert store.get("kept") == "draft"
                assert sessions.note(store.row, address="203.0.113.7", agent="x")
                store["more"] = 1
                store.save()
            row.refresh_from_db()
            assert row.address == "203.0.113.7"

    def test_a_day_at_work_is_the_most(self, officer: Callable[..., Any]) -> None:
        """Possible before: every change of a session moved its end eight hours on."""
        with time_machine.travel(timezone.now(), tick=False) as clock:
            user = officer("collection")
            key = self.open(user).session_key
            for _ in range(23):
                clock.shift(20 * 60)
                store = SessionStore(key)
                store["kept"] = "again"
                store.save()
            store.cycle_key()  # as a change of the password does
            clock.shift(21 * 60)
            assert SessionStore(store.session_key).get("kept") is None

    def test_ending(self, officer: Callable[..., Any]) -> None:
        user, other = officer("collection"), officer("finance")
        mine, second, third = (self.open(user) for _ in range(3))
        theirs = self.open(other)
        handle = SignInSession.objects.get(pk=third.session_key).handle
        assert sessions.end(other.pk, handle=handle) == 0, "a handle ends only its owner's session"
        assert sessions.end(user.pk, handle=handle) == 1
        assert {s.pk for s in sessions.of(user.pk)} == {mine.session_key, second.session_key}
        assert sessions.end(user.pk, keep=mine.session_key) == 1
        assert SessionStore(second.session_key).get("kept") is None
        assert SessionStore(theirs.session_key).get("kept") == "draft"

    def test_an_ended_session_is_not_written_back(self, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        store = self.open(user)
        sessions.end(user.pk)
        store["kept"] = "later"
        with pytest.raises(UpdateError):
            store.save()

    @pytest.mark.parametrize("key", ["aaaaaaaa\0", "²" * 8, "a" * 5000, "' OR 1=1"])
    def test_a_key_that_is_none_opens_nothing(self, key: str) -> None:
        """Possible before: a cookie with a NUL, which the database cannot compare, answered 500."""
        store = SessionStore(key)
        assert store.get("kept") is None
        assert store.session_key is None

    def test_what_is_over_is_swept(self, officer: Callable[..., Any]) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            self.open(officer("collection"))
            self.open()
            clock.shift(31 * 60)
            purging.purge(0)
            assert SignInSession.objects.count() == 1
            clock.shift(8 * 3600)
            purging.purge(0)
            assert not SignInSession.objects.exists()


class TestAdministration:
    @pytest.fixture
    def admin(self, officer: Callable[..., Any]) -> Any:
        return actor_of(officer("administrator"))

    @pytest.fixture
    def fresh(self, officer: Callable[..., Any]) -> Any:
        user = officer("collection", enrolled=False)
        user.set_unusable_password()
        user.save()
        return user

    def test_a_new_account_is_opened_by_its_owner(self, admin: Any, fresh: Any) -> None:
        token = services.invite(actor=admin, user=fresh)
        kept = Invitation.objects.get()
        assert token not in kept.token_hash
        assert kept.expires_at - kept.made_at == timedelta(hours=72)
        user = invitations.accept(
            token_hash=invitations.digest(token), password_hash="hashed", secret=SECRET, step=7
        )
        assert (user, user.password) == (fresh, "hashed")
        assert UsedStep.objects.get(user=user).step == 7
        assert {a.type for a in Authenticator.objects.filter(user=user)} == {"totp", "recovery_codes"}
        with pytest.raises(invitations.InvitationOver):
            invitations.accept(
                token_hash=invitations.digest(token), password_hash="other", secret=SECRET, step=8
            )

    def test_a_newer_invitation_replaces_the_older_and_three_days_end_it(
        self, admin: Any, fresh: Any
    ) -> None:
        first = services.invite(actor=admin, user=fresh)
        second = services.invite(actor=admin, user=fresh)
        assert invitations.live(invitations.digest(first)) is None
        assert invitations.live(invitations.digest(second)) is not None
        with time_machine.travel(timezone.now() + timedelta(hours=72, seconds=1), tick=False):
            assert invitations.live(invitations.digest(second)) is None

    def test_an_account_in_use_is_not_opened_again_by_a_link(
        self, admin: Any, officer: Callable[..., Any]
    ) -> None:
        """An administrator alone must not become somebody else."""
        with pytest.raises(services.InUseError):
            services.invite(actor=admin, user=officer("collection"))

    def test_phone_and_password_cannot_be_replaced_together(
        self, admin: Any, officer: Callable[..., Any]
    ) -> None:
        user = officer("collection")
        services.reset_factor(actor=admin, user=user)
        with pytest.raises(services.NoFactorError):
            services.reset_password(actor=admin, user=user)

    def test_a_lost_phone_ends_the_sessions(self, admin: Any, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        TestSessions().open(user)
        services.reset_factor(actor=admin, user=user)
        assert not factors.is_enrolled(user)
        assert sessions.of(user.pk) == []

    def test_suspension_and_return(self, admin: Any, fresh: Any) -> None:
        TestSessions().open(fresh)
        token = services.invite(actor=admin, user=fresh)
        assert services.suspend(actor=admin, user=fresh) == 1
        fresh.refresh_from_db()
        assert not fresh.is_active
        assert invitations.live(invitations.digest(token)) is None
        services.restore(actor=admin, user=fresh)
        fresh.refresh_from_db()
        assert fresh.is_active
        assert invitations.live(invitations.digest(token)) is None, "a suspended invitation stays over"

    def test_sessions_and_waits_of_another(self, admin: Any, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        TestSessions().open(user)
        for _ in range(4):
            fail(user.username)
        assert services.end_sessions(actor=admin, user=user) == 1
        assert services.forgive(actor=admin, user=user) == 1
        assert fail(user.username).allowed

    @pytest.mark.parametrize(
        "act",
        [
            services.invite,
            services.reset_factor,
            services.reset_password,
            services.suspend,
            services.restore,
            services.end_sessions,
            services.forgive,
        ],
    )
    def test_by_whom(self, act: Any, admin: Any, officer: Callable[..., Any]) -> None:
        user = officer("collection")
        with pytest.raises(Denied):
            act(actor=actor_of(officer("director")), user=user)
        with pytest.raises(Denied):
            act(actor=admin, user=admin.user)
        elsewhere = Unit.objects.create(
            kind="province", code="75", name="BHXH tỉnh Đồng Nai", name_fold="bhxh tinh dong nai",
            name_sort="bhxh tinh dong nai", path="/2/", valid_from=date(1995, 1, 1),
        )  # fmt: skip
        RoleAssignment.objects.create(
            user=user, role="collection", unit=elsewhere, valid_from=date(2026, 1, 1), decision="13/QĐ-BHXH"
        )
        with pytest.raises(Denied):  # in charge of one of two places is not in charge of the account
            act(actor=admin, user=user)

    def test_an_account_without_a_place_needs_one_named(self, admin: Any) -> None:
        outsider = User.objects.create_user(username="ketoan", full_name="Lương Thị Nhung", kind="outside")
        with pytest.raises(Denied):
            services.invite(actor=admin, user=outsider)
        token = services.invite(actor=admin, user=outsider, at=admin.user.roles.get())
        user = invitations.accept(token_hash=invitations.digest(token), password_hash="hashed")
        assert not factors.is_enrolled(user), "only officers must enrol a phone"

    def test_nobody_invites_themselves_in_the_database_either(self, admin: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            invitations.make(user=admin.user, purpose="account", by=admin.user)

    def test_accepting_needs_what_the_purpose_sets(self, admin: Any, fresh: Any) -> None:
        digest = invitations.digest(services.invite(actor=admin, user=fresh))
        with pytest.raises(ValueError, match="password"):
            invitations.accept(token_hash=digest)
        with pytest.raises(ValueError, match="phone"):
            invitations.accept(token_hash=digest, password_hash="hashed")
        assert invitations.live(digest) is not None

    def test_an_old_phone_is_replaced_by_the_new(self, admin: Any, officer: Callable[..., Any]) -> None:
        user = officer("collection", enrolled=False)
        TOTP.activate(user, SECRET)
        UsedStep.objects.create(user=user, step=10**9)
        factors.enrol(user, secret="K" * 32, step=5)
        assert UsedStep.objects.get(user=user).step == 5
        assert sealing.unseal(Authenticator.objects.get(user=user, type="totp").data["secret"]) == "K" * 32
