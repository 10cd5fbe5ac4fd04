"""Đếm số không khớp: refuse whoever must wait, count when the request is over, raise alerts, lift them.

The count is kept by account and by employer. It is written after the request's transaction (`reading.Log`),
so that a grid that is rolled back, or a refusal, counts like a list that is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.db import connection, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from ansinh.kernel.errors import BilingualError
from ansinh.office import reading
from ansinh.office.alarms.limits import LIMITS, wait
from ansinh.office.alarms.models import Alert, Kind, MismatchCounter, Whose
from ansinh.office.alarms.selectors import VERB
from ansinh.office.rights import Actor, Denied, require
from ansinh.office.security import security
from ansinh.office.units.models import Unit

LOCK = 0x4E554D42
"""Class of the advisory locks by which checks of one account come one after the other."""

Subject = tuple[str, int]


class AlarmError(BilingualError):
    """Không đối chiếu được lúc này: why, and until when."""


def admit(actor: Actor, kind: Kind, *, employer: int | None = None) -> None:
    """Cho đối chiếu: raise AlarmError (``alarms.wait``, ``alarms.stopped``) when numbers may not be checked.

    Asked before an answer is given, the same way for numbers that nothing has and for those of strangers.
    """
    subjects = _subjects(actor, employer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, actor.user.pk])
    if Alert.objects.filter(_of(subjects), kind=kind, level=Alert.Level.STOP, state="open").exists():
        raise AlarmError(
            "Đã dừng đối chiếu mã số vì quá nhiều lần không khớp; "
            "chờ đến khi quản trị hệ thống của cơ quan xem xét và mở lại.",
            "Checking numbers was stopped after too many mismatches, "
            "until the office's administrator has looked into it and lifts the stop.",
            code="alarms.stopped",
        )
    now = timezone.now()
    held = MismatchCounter.objects.filter(_of(subjects), kind=kind, waits_until__gt=now)
    until: datetime | None = held.aggregate(until=Max("waits_until"))["until"]
    if until is not None:
        clock = timezone.localtime(until)
        raise AlarmError(
            f"Hôm nay đã có nhiều mã số không khớp; "
            f"được đối chiếu tiếp từ {clock:%H:%M:%S} ngày {clock:%d/%m/%Y}.",
            f"Many numbers did not match today; "
            f"the next may be checked from {clock:%H:%M:%S} on {clock:%Y-%m-%d}.",
            code="alarms.wait",
        )


def mismatched(
    actor: Actor, kind: Kind, times: int, *, employer: int | None = None, office: Unit | None = None
) -> None:
    """Ghi số lần không khớp: once the request is over. `office`: whose administrators are told."""
    if times > 0:
        reading.afterwards(actor, partial(_count, actor, kind, times, employer, office))


@transaction.atomic
def lift(*, actor: Actor, alert: Alert, note: str) -> Alert:
    """Xử lý một cảnh báo: what was found out (`note`); its account or employer starts again from nothing.

    Raises Denied for the account it is about, AlarmError (``alarms.note``) without a note.
    """
    require(actor, VERB, at=alert)
    if alert.whose == Whose.USER and alert.whose_id == actor.user.pk:
        raise Denied(VERB)
    if not note.strip():
        raise AlarmError("Ghi kết quả xem xét.", "Say what was found out.", code="alarms.note")
    whose = Q(kind=alert.kind, whose=alert.whose, whose_id=alert.whose_id)
    MismatchCounter.objects.filter(whose).update(forgiven=F("count"), waits=0, waits_until=None)
    Alert.objects.filter(whose, state=Alert.State.OPEN).update(
        state=Alert.State.LIFTED, lifted_by=actor.user, lifted_at=timezone.now(), note=note.strip()[:500]
    )
    security("numbers.lifted", by=actor.user.pk, kind=f"{alert.kind}.{alert.whose}", unit=alert.office_id)
    return Alert.objects.get(pk=alert.pk)


def _subjects(actor: Actor, employer: int | None) -> list[Subject]:
    """Whose counters these are, always in the same order, so that two requests never wait for each other."""
    found: list[Subject] = [(Whose.USER, actor.user.pk)]
    return found if employer is None else [(Whose.EMPLOYER, employer), *found]


def _of(subjects: Sequence[Subject]) -> Q:
    chosen = Q()
    for whose, key in subjects:
        chosen |= Q(whose=whose, whose_id=key)
    return chosen


@transaction.atomic
def _count(actor: Actor, kind: Kind, times: int, employer: int | None, office: Unit | None) -> None:
    day = timezone.localdate()
    limit = LIMITS[kind]
    for whose, key in _subjects(actor, employer):
        counter, waits, now = _added(kind, whose, key, day, times)
        before = now - times
        if now >= limit.slow:
            MismatchCounter.objects.filter(pk=counter).update(
                waits=waits + 1, waits_until=timezone.now() + wait(waits)
            )
        for level, threshold in ((Alert.Level.SLOW, limit.slow), (Alert.Level.STOP, limit.stop)):
            if before < threshold <= now:
                _raise(actor, kind, whose, key, level, day, now, office or _home(actor))


def _added(kind: Kind, whose: str, key: int, day: date, times: int) -> tuple[int, int, int]:
    """Add to a counter: its key, the waits so far, the count that is not forgiven."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO office_mismatchcounter AS c (kind, whose, whose_id, day, count, forgiven, waits)
               VALUES (%s, %s, %s, %s, %s, 0, 0)
               ON CONFLICT (kind, whose, whose_id, day) DO UPDATE SET count = c.count + excluded.count
               RETURNING c.id, c.waits, c.count - c.forgiven""",
            [kind, whose, key, day, times],
        )
        counter, waits, now = cursor.fetchone()
    return int(counter), int(waits), int(now)


def _raise(
    actor: Actor, kind: Kind, whose: str, key: int, level: str, day: date, count: int, office: Unit
) -> None:
    Alert.objects.get_or_create(
        kind=kind,
        whose=whose,
        whose_id=key,
        level=level,
        day=day,
        state=Alert.State.OPEN,
        defaults={"user": actor.user, "office": office, "count": count},
    )
    security(
        "numbers.mismatch",
        user=actor.user.pk,
        kind=f"{kind}.{whose}",
        reason=str(level),
        count=count,
        unit=office.pk,
    )


def _home(actor: Actor) -> Unit:
    """The unit somebody works for: of the first role held, else the root."""
    units = Unit.objects.order_by("path")
    return (units.filter(path=actor.held[0].path) if actor.held else units)[0]
