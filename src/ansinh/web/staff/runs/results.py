"""Trang kết quả của một lượt chạy: where a kind of run leads once it is done, to whoever may read it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from ansinh.collection.month import KIND as MONTH
from ansinh.office.models import Run
from ansinh.office.rights import Actor
from ansinh.steering.targets.measuring import KIND as MEASURE


def _statements(actor: Actor, run: Run) -> str:
    return reverse("statements", args=[str(run.of_month)]) if actor.may("statement.read", at=run) else ""


def _targets(actor: Actor, run: Run) -> str:
    if not actor.may("target.read", at=run):
        return ""
    return f"{reverse('targets')}?{urlencode({'don-vi': run.whose.pk, 'ky': str(run.of_month)})}"


PAGES: dict[str, Callable[[Actor, Run], str]] = {MONTH: _statements, MEASURE: _targets}


def url(actor: Actor, run: Run) -> str:
    """The page of what a run made; empty where it has none, or the actor may not read it."""
    return PAGES[run.kind](actor, run) if run.kind in PAGES else ""
