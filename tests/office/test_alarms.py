"""Numbers that do not match: counted by day, slowed down, stopped, lifted by an administrator who is another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.collection.declarations.scenery import Scenery

from ansinh.kernel.errors import BilingualError
from ansinh.office.alarms import limits, selectors, services
from ansinh.office.alarms.models import Alert, Kind, MismatchCounter
from ansinh.office.reading import Log
from ansinh.office.rights import Actor, Denied, actor_of


@pytest.fixture
def scene(db: None) -> Scenery:
    return Scenery()


def refused(actor: Actor, **asked: Any) -> str:
    try:
        services.admit(actor, Kind.CHECK, **asked)
    except BilingualError as error:
        return error.code
    return ""


def later() -> None:
    """The wait is over."""
    MismatchCounter.objects.update(waits_until=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("mismatches", "rows", "too_many"),
    [
        (20, 20, False),
        (21, 21, True),
        (21, 104, True),
        (21, 105, False),
        (100, 1000, False),
        (101, 200_000, True),
        (0, 0, False),
    ],
)
def test_when_a_list_is_not_answered_by_row(mismatches: int, rows: int, too_many: bool) -> None:
    assert limits.too_many(mismatches, rows) is too_many


def test_the_waits_are_one_two_four_minutes_and_at_most_eight_hours() -> None:
    minutes = [limits.wait(n) // timedelta(minutes=1) for n in range(5)]
    assert minutes == [1, 2, 4, 8, 16]
    assert limits.wait(50) == timedelta(hours=8)


def test_slow_then_stopped_until_lifted(scene: Scenery, caplog: pytest.LogCaptureFixture) -> None:
    officer, boss = scene.officer("collection", scene.office), scene.officer("administrator", scene.office)
    services.mismatched(officer, Kind.CHECK, 19, employer=7, office=scene.office)
    assert refused(officer, employer=7) == ""
    services.mismatched(officer, Kind.CHECK, 1, employer=7, office=scene.office)
    assert (refused(officer), refused(officer, employer=8)) == ("alarms.wait", "alarms.wait")
    other = scene.officer("collection", scene.office)
    assert (refused(other, employer=7), refused(other, employer=8)) == ("alarms.wait", "")
    later()
    assert refused(officer, employer=7) == ""
    services.mismatched(officer, Kind.CHECK, 1, employer=7, office=scene.office)
    until = MismatchCounter.objects.get(whose="user").waits_until
    assert until is not None
    assert timedelta(seconds=110) < until - timezone.now() <= timedelta(minutes=2)
    later()
    services.mismatched(officer, Kind.CHECK, 179, employer=7, office=scene.office)
    later()
    assert (refused(officer), refused(other, employer=7)) == ("alarms.stopped", "alarms.stopped")
    assert {(a.whose, a.level, a.count) for a in selectors.open_alerts(boss)} == {
        ("user", "slow", 20), ("employer", "slow", 20), ("user", "stop", 200), ("employer", "stop", 200),
    }  # fmt: skip
    assert sum("numbers.mismatch" in record.getMessage() for record in caplog.records) == 4

    alert = selectors.open_alerts(boss).get(whose="user", level="stop")
    lifted = services.lift(actor=boss, alert=alert, note="Đơn vị gửi nhầm tệp cũ")
    assert (lifted.state, lifted.lifted_by, lifted.note) == ("lifted", boss.user, "Đơn vị gửi nhầm tệp cũ")
    assert (refused(officer), refused(other, employer=7)) == ("", "alarms.stopped")
    services.mismatched(officer, Kind.CHECK, 19, office=scene.office)
    assert refused(officer) == ""
    services.mismatched(officer, Kind.CHECK, 1, office=scene.office)
    assert refused(officer) == "alarms.wait"
    assert selectors.open_alerts(boss).filter(whose="user").count() == 1


def test_who_may_lift(scene: Scenery) -> None:
    officer, boss = scene.officer("collection", scene.office), scene.officer("administrator", scene.office)
    far = scene.officer("administrator", scene.unit("base_office", "20.02", scene.province))
    services.mismatched(officer, Kind.CHECK, 20, office=scene.office)
    services.mismatched(boss, Kind.CHECK, 20, office=scene.office)
    alert, own = (Alert.objects.get(whose_id=who.user.pk) for who in (officer, boss))
    assert set(selectors.open_alerts(boss)) == {alert, own}
    assert not selectors.open_alerts(far).exists()
    assert not selectors.open_alerts(officer).exists()
    for actor, asked in ((far, alert), (officer, alert), (boss, own)):
        with pytest.raises(Denied):
            services.lift(actor=actor, alert=asked, note="x")
    with pytest.raises(BilingualError):
        services.lift(actor=boss, alert=alert, note="  ")
    assert set(Alert.objects.values_list("state", flat=True)) == {"open"}


def test_a_count_is_written_when_the_request_is_over(scene: Scenery) -> None:
    user = scene.officer("collection", scene.office).user
    log = Log(user_id=user.pk, view="x", address="/")
    services.mismatched(actor_of(user, log=log), Kind.CHECK, 3)
    services.mismatched(actor_of(user, log=log), Kind.CHECK, 0)
    assert not MismatchCounter.objects.exists()
    log.write()
    log.write()
    assert MismatchCounter.objects.get().count == 3


def test_searches_are_counted_apart(scene: Scenery) -> None:
    officer = scene.officer("collection", scene.office)
    services.mismatched(officer, Kind.SEARCH, 30)
    assert refused(officer) == ""
    services.admit(officer, Kind.SEARCH)
    services.mismatched(officer, Kind.SEARCH, 30)
    with pytest.raises(BilingualError):
        services.admit(officer, Kind.SEARCH)
    assert refused(officer) == ""
    assert Alert.objects.get().office == scene.office
