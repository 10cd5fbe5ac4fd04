"""Cửa vào lượt chạy: outside the scope of its kind's readers a run does not exist."""

from __future__ import annotations

from ansinh.office import reading
from ansinh.office.models import Run
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.office.runs import selectors


def run(actor: Actor, pk: int, verb: str = "run.read") -> Run:
    """One run; it shows nobody. `verb` is the page's. Raises Run.DoesNotExist outside the scope."""
    return reading.one(
        actor, selectors.in_scope(actor), pk, subject=Subject.RUN, purpose=Purpose.COLLECT, verb=verb
    )
