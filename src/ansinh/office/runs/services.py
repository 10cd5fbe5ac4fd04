"""Xếp hàng, chạy ngay, chạy lại, hủy: what people and rooms ask of the engine."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ansinh.kernel.months import Month
from ansinh.office import jobs
from ansinh.office.models import Period, Run, RunStep, Unit
from ansinh.office.rights import Actor, Denied, require
from ansinh.office.runs import engine, inputs
from ansinh.office.runs.keeper import RunError, at_work
from ansinh.office.runs.kinds import Kind, function, kind_of

JOB = "office.run"


@transaction.atomic
def queue(
    kind: str,
    *,
    actor: Actor | None,
    unit: Unit | None = None,
    month: Month | None = None,
    params: dict[str, Any] | None = None,
    later: bool = True,
) -> Run:
    """Xếp hàng một lượt chạy: new, or the same one under way; its job waits in the caller's transaction.

    `later=False` leaves it to the caller to execute it. Raises RunError, code ``runs.busy``, while another
    run holds the same key, and whatever the kind's own check raises.
    """
    declared = kind_of(kind)
    if actor is not None:
        _require(actor, declared.start, unit)
    _check(declared, unit, month, params or {})
    run = _going(declared, unit, month, params or {}) or _create(declared, actor, unit, month, params or {})
    if later:
        enqueue(run)
    return run


def run_now(
    kind: str,
    *,
    actor: Actor | None,
    unit: Unit | None = None,
    month: Month | None = None,
    params: dict[str, Any] | None = None,
    watch: engine.Watch | None = None,
) -> Run:
    """Xếp hàng và chạy ngay: as commands do; takes up the same run where it was killed."""
    run = queue(kind, actor=actor, unit=unit, month=month, params=params, later=False)
    return engine.execute(run.pk, watch)


def enqueue(run: Run) -> int | None:
    """Giao cho hàng đợi. Asked for again while its job waits it does nothing."""
    return jobs.enqueue(JOB, once=f"run:{run.pk}", run_id=run.pk)


@transaction.atomic
def retry(*, actor: Actor | None, run: Run, later: bool = True) -> Run:
    """Chạy lại một lượt chạy đã lỗi: try it again, or go on with one whose process was killed.

    After a failure the inputs are read anew, unless something was written from them already. `later=False`
    leaves it to the caller to execute it. Raises RunError, code ``runs.state``, for a run that is done,
    cancelled, waiting or at work.
    """
    declared = kind_of(run.kind)
    if actor is not None:
        _require(actor, declared.start, run.unit)
    held = Run.objects.select_for_update(of=("self",)).select_related("unit").get(pk=run.pk)
    if held.state == Run.State.RUNNING and not at_work(held.key):
        if later:
            enqueue(held)
        return held
    if held.state != Run.State.FAILED:
        raise RunError(
            "Chỉ chạy lại được lượt chạy bị lỗi hoặc bị gián đoạn",
            "Only a run that failed or was interrupted can be tried again",
            code="runs.state",
        )
    _check(declared, held.unit, _month(held), held.params)
    if Run.objects.filter(key=held.key, state__in=Run.UNDER_WAY).exists():
        raise _busy()
    if declared.inputs is not None and not _has_written(held, declared):
        RunStep.objects.filter(run=held).update(finished_at=None, done=0, result={})
    Run.objects.filter(pk=held.pk).update(
        state=Run.State.QUEUED, finished_at=None, cancel_asked_by=None, cancel_asked_at=None
    )
    held.refresh_from_db()
    if later:
        enqueue(held)
    return held


@transaction.atomic
def cancel(*, actor: Actor, run: Run) -> Run:
    """Hủy một lượt chạy đang chờ hoặc đang chạy: at once where nobody is at work, else asked of who is.

    What finished steps have written stays; of the step in hand nothing does. Raises RunError, code
    ``runs.state``, for a run that has ended.
    """
    _require(actor, kind_of(run.kind).stop, run.unit)
    held = Run.objects.select_for_update(of=("self",)).select_related("unit").get(pk=run.pk)
    if held.state not in Run.UNDER_WAY:
        raise RunError(
            "Lượt chạy đã kết thúc, không còn gì để hủy",
            "The run has ended; there is nothing to cancel",
            code="runs.state",
        )
    told: dict[str, Any] = {"cancel_asked_by": actor.user, "cancel_asked_at": timezone.now()}
    if held.state == Run.State.QUEUED or not at_work(held.key):
        told |= {"state": Run.State.CANCELLED, "finished_at": timezone.now()}
        transaction.on_commit(lambda: inputs.tidy(held.kind, unit_id=held.unit_id), robust=True)
    Run.objects.filter(pk=held.pk).update(**told)
    held.refresh_from_db()
    return held


def _create(
    declared: Kind, actor: Actor | None, unit: Unit | None, month: Month | None, params: dict[str, Any]
) -> Run:
    try:
        with transaction.atomic():
            run = Run.objects.create(
                kind=declared.code,
                key=declared.key_of(unit.pk if unit else None),
                unit=unit,
                month=None if month is None else month.index,
                params=params,
                requested_by=actor.user if actor else None,
            )
            RunStep.objects.bulk_create(
                RunStep(run=run, position=n, name=step.name, total=step.total)
                for n, step in enumerate(declared.steps, 1)
            )
    except IntegrityError:  # asked for by somebody else at the same moment
        going = _going(declared, unit, month, params)
        if going is None:
            raise
        return going
    return run


def _going(declared: Kind, unit: Unit | None, month: Month | None, params: dict[str, Any]) -> Run | None:
    """The same run under way. Raises RunError when another one is."""
    key = declared.key_of(unit.pk if unit else None)
    going = (
        Run.objects.select_for_update(of=("self",))
        .filter(key=key, state__in=Run.UNDER_WAY)
        .select_related("unit")
        .first()
    )
    if going is None:
        return None
    index = None if month is None else month.index
    if (going.kind, going.month, going.params) != (declared.code, index, params):
        raise _busy()
    return going


def _busy() -> RunError:
    return RunError(
        "Đang có lượt chạy khác chưa xong; chờ xong hoặc hủy lượt đó trước",
        "Another run is under way; wait for its end or cancel it first",
        code="runs.busy",
    )


def _check(declared: Kind, unit: Unit | None, month: Month | None, params: dict[str, Any]) -> None:
    if declared.check:
        function(declared.check)(unit, month, params)


def _has_written(run: Run, declared: Kind) -> bool:
    """Whether a step beside the freezing one has left something that lasts."""
    lasting = {s.name for s in declared.steps if s.lasting}
    freezes = declared.inputs.step if declared.inputs else ""
    done = set(run.steps.filter(finished_at__isnull=False).values_list("name", flat=True))
    return bool((done & lasting) - {freezes})


def _month(run: Run) -> Month | None:
    return None if run.month is None else Month.from_index(run.month)


def _require(actor: Actor, verb: str, unit: Unit | None) -> None:
    if unit is None:  # what concerns no unit is the system's own
        raise Denied(verb)
    require(actor, verb, at=unit)


def open_period(unit: Unit, month: Month) -> Period:
    """Mở một kỳ của sổ: the month of the unit's books, made once, in the caller's transaction."""
    return Period.objects.get_or_create(unit=unit, month=month.index)[0]
