"""Đọc các lượt chạy: which are in somebody's scope, and how far each is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ansinh.office.models import Run, RunStep
from ansinh.office.rights import Actor
from ansinh.office.runs.keeper import at_work
from ansinh.office.runs.kinds import Kind, Words, kind_of, kinds


@dataclass(frozen=True, slots=True)
class Stage:
    """Một bước và tiến độ của nó."""

    title: Words
    done: int
    total: int
    finished: bool


def in_scope(actor: Actor) -> QuerySet[Run]:
    """Các lượt chạy: of every kind, where the actor may read that kind, newest first."""
    seen = Q(pk__in=[])
    for kind in kinds().values():
        seen |= Q(kind=kind.code) & actor.within(kind.read, "unit__path")
    return Run.objects.filter(seen).select_related("unit", "requested_by", "cancel_asked_by").order_by("-pk")


def stages(run: Run) -> list[Stage]:
    """Các bước của lượt chạy, in order."""
    declared = kind_of(run.kind)
    titles = {step.name: step.title for step in declared.steps}
    return [
        Stage(titles.get(mark.name, mark.name), mark.done, mark.total, mark.finished_at is not None)
        for mark in run.steps.all()
    ]


def interrupted(run: Run) -> bool:
    """Lượt chạy dở dang: it says it is running, and no process is at it."""
    return run.state == Run.State.RUNNING and not at_work(run.key)


def may_retry(actor: Actor, run: Run) -> bool:
    """Whether trying it again will be accepted from this actor."""
    return actor.may(kind_of(run.kind).start, at=run) and (run.state == Run.State.FAILED or interrupted(run))


def may_cancel(actor: Actor, run: Run) -> bool:
    """Whether it is still to be cancelled, by this actor."""
    return (
        run.state in Run.UNDER_WAY
        and run.cancel_asked_at is None
        and actor.may(kind_of(run.kind).stop, at=run)
    )


def written(run: Run) -> list[tuple[Words, int]]:
    """Kết quả đã ghi: what each line of the run's result is called, and its count."""
    return _named(kind_of(run.kind), run.result)


def finished_steps(run: Run) -> list[RunStep]:
    """Các bước đã xong: their writing stays whatever becomes of the run."""
    lasting = {step.name for step in kind_of(run.kind).steps if step.lasting}
    return [mark for mark in run.steps.all() if mark.finished_at is not None and mark.name in lasting]


def frozen(run: Run) -> list[tuple[Words, int, str]]:
    """Dữ liệu đầu vào: (name, rows, SHA-256) of each frozen file that holds something."""
    words = kind_of(run.kind).words
    return [
        (words.get(name, name), int(facts["rows"]), str(facts["sha256"]))
        for name, facts in run.frozen.get("files", {}).items()
        if facts["rows"]
    ]


def _named(kind: Kind, result: dict[str, object]) -> list[tuple[Words, int]]:
    return [(kind.words.get(name, name), value) for name, value in result.items() if isinstance(value, int)]
