"""Thực hiện một lượt chạy, hoặc làm tiếp: one process at a time per key, step by step."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ansinh.config.database import is_lost
from ansinh.kernel.errors import BilingualError
from ansinh.office.runs import inputs
from ansinh.office.runs.keeper import Cancelled, Keeper, RunError
from ansinh.office.runs.kinds import Kind, Step, function, kind_of
from ansinh.office.runs.models import Run, RunStep

LONGEST = 4000
LOG = logging.getLogger(__name__)


class Watch:
    """Người theo dõi: what the caller wants to hear of the work as it goes on. Does nothing by itself."""

    def began(self, step: Step, total: int) -> None:
        """A step begins; `total` is 0 where nobody knows how much there is."""

    def expects(self, step: Step, total: int) -> None:
        """How much there is to do has become known."""

    def did(self, step: Step, what: str, count: int) -> None:
        """So much more of a thing is done."""

    def ended(self, step: Step, result: dict[str, Any]) -> None:
        """A step is done."""


class Context:
    """Điều một bước được trao: the run, its folder, what earlier steps left in memory, and the count."""

    def __init__(self, run: Run, keeper: Keeper, watch: Watch, stack: ExitStack) -> None:
        self.run = run
        self.memo: dict[str, Any] = {}
        self.stack = stack
        self._keeper = keeper
        self._watch = watch
        self._step: Step | None = None

    @property
    def folder(self) -> Path:
        """The folder of the run's frozen inputs."""
        return inputs.folder_of(self.run)

    def did(self, what: str, count: int) -> None:
        """Tiến độ: seen by the pages at once. Raises Cancelled when somebody asked for an end."""
        self._keeper.did(count)
        if self._step is not None:
            self._watch.did(self._step, what, count)

    def expect(self, total: int) -> None:
        """Nói trước số lượng: how much the step has to do, as soon as it knows."""
        self._keeper.expect(total)
        if self._step is not None:
            self._watch.expects(self._step, total)

    def freeze(self, files: inputs.Described, **facts: Any) -> None:
        """Ghi nhận dữ liệu đã đóng băng: rows and digest of each file, and what a later run must know."""
        self.run.frozen = {"folder": self.run.frozen["folder"], "files": files, **facts}


def execute(run_id: int, watch: Watch | None = None) -> Run:
    """Thực hiện hoặc làm tiếp một lượt chạy; returns it done or cancelled.

    A run that has ended is left as it is. Raises RunBusyError when another process is at work under the same
    key and does not end within PATIENCE, and whatever a step raises, which stands in the run then.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a run has transactions of its own; it cannot begin inside one")
    run = Run.objects.select_related("unit").get(pk=run_id)
    if run.state not in Run.UNDER_WAY:
        return run
    with Keeper(run.pk, run.key) as keeper:
        run.refresh_from_db()  # whoever held the lock before may have finished this very run
        if run.state in Run.UNDER_WAY:
            try:
                _execute(run, keeper, watch or Watch())
            except Cancelled:
                _end(run, Run.State.CANCELLED)
            except Exception as error:
                if not is_lost(error):  # whose database went away is taken up again, like one that was killed
                    _end(run, Run.State.FAILED, error)
                raise
        run.refresh_from_db()
        try:
            inputs.tidy(run.kind, unit_id=run.unit_id)
        except OSError:  # the run is what it is; the next one tidies up
            LOG.exception("frozen inputs of %s could not be put away", run)
    return run


def _execute(run: Run, keeper: Keeper, watch: Watch) -> None:
    kind = kind_of(run.kind)
    keeper.heed()
    run.attempts += 1
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.RUNNING,
        attempts=run.attempts,
        started_at=run.started_at or timezone.now(),
        error="",
        error_en="",
    )
    marks = {mark.name: mark for mark in run.steps.all()}
    frozen_anew = _inputs_are_gone(run, kind, marks)
    with ExitStack() as stack:
        context = Context(run, keeper, watch, stack)
        for step in kind.steps:
            mark = marks[step.name]
            freezes = kind.inputs is not None and kind.inputs.step == step.name
            if mark.finished_at is not None and step.lasting and not (freezes and frozen_anew):
                continue
            if freezes:
                _new_folder(run)
            _perform(context, step, mark, last=step is kind.steps[-1])


def _perform(context: Context, step: Step, mark: RunStep, *, last: bool) -> None:
    keeper, watch, run = context._keeper, context._watch, context.run  # noqa: SLF001 -- one module's own
    context._step = step  # noqa: SLF001 -- as above
    keeper.begin(mark.pk, step.total)
    watch.began(step, step.total)
    with transaction.atomic() if step.atomic else nullcontext():
        result = json.loads(json.dumps(function(step.work)(context) or {}))
        keeper.write()
        keeper.heed()  # asked for at the last moment: the step is undone like any other
        with transaction.atomic():
            RunStep.objects.filter(pk=mark.pk).update(finished_at=timezone.now(), result=result)
            told: dict[str, Any] = {"frozen": run.frozen}
            if last:
                told |= {"state": Run.State.DONE, "finished_at": timezone.now(), "result": result}
            Run.objects.filter(pk=run.pk).update(**told)
    watch.ended(step, result)


def _inputs_are_gone(run: Run, kind: Kind, marks: dict[str, RunStep]) -> bool:
    """Whether the inputs have to be read anew. Raises RunError when something was written from those lost."""
    if kind.inputs is None or marks[kind.inputs.step].finished_at is None:
        return False
    if inputs.intact(inputs.folder_of(run), run.frozen.get("files", {})):
        return False
    if _wrote(kind, marks):
        raise RunError(
            "Dữ liệu đóng băng của lượt chạy không còn nguyên vẹn, mà một phần kết quả đã ghi",
            "The frozen inputs of the run are no longer whole, and a part of its results is written",
            code="runs.inputs",
        )
    return True


def _wrote(kind: Kind, marks: dict[str, RunStep]) -> bool:
    """Whether a step that reads the inputs has written something that lasts."""
    return any(
        step.lasting
        and marks[step.name].finished_at is not None
        and (kind.inputs is None or step.name != kind.inputs.step)
        for step in kind.steps
    )


def _new_folder(run: Run) -> None:
    """A fresh folder, named in the record before a byte is in it; what a killed process left is removed."""
    inputs.remove(run)
    run.frozen = {"folder": inputs.name_for(run)}
    Run.objects.filter(pk=run.pk).update(frozen=run.frozen)
    (Path(settings.VAR) / "runs").mkdir(mode=0o700, parents=True, exist_ok=True)


def _end(run: Run, state: str, error: Exception | None = None) -> None:
    told: dict[str, Any] = {"state": state, "finished_at": timezone.now()}
    if isinstance(error, BilingualError):
        told |= {"error": error.vi[:LONGEST], "error_en": error.en[:LONGEST]}
    elif error is not None:
        told |= {"error": str(error)[:LONGEST], "error_en": str(error)[:LONGEST]}
    Run.objects.filter(pk=run.pk, state__in=Run.UNDER_WAY).update(**told)
