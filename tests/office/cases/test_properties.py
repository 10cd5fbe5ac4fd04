"""Whatever is done in whatever order: no open case without a next actor and a day; rows and words agree."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office.cases.desk import Desk, registered

from ansinh.office.cases import selectors, services, waits
from ansinh.office.cases.errors import CaseError
from ansinh.office.cases.models import Case, CaseEvent, CaseWait
from ansinh.office.cases.services import Waiting
from ansinh.office.cases.states import OPEN, TRANSITIONS
from ansinh.office.hands import HandError
from ansinh.office.models import Hand
from ansinh.office.rights import Actor, Denied

REASONS = ("supplement", "payment", "agency")
ACTS = (
    "answer", "change", "event", "look", "wait", "resume", "judge", "return", "decide", "refuse", "give_back",
    "ask_withdrawal", "keep", "withdraw", "stop", "hand_over", "reopen", "assign", "release", "next", "bar",
    "lapse",
)  # fmt: skip


def act(desk: Desk, name: str, who: Actor, case: Case, n: int) -> None:
    steps = ("receive", "assess", "reason", "decide")
    mark: dict[str, Any] = {"actor": who, "case": case}
    until = timezone.localdate() + timedelta(days=n - 1)
    match name:
        case "answer":
            services.answer(**mark, step=steps[n % 4], answer={"n": n})
        case "change":
            desk.facts[case.thing_id]["income"] = n * 40
            services.changed("income", parties={"person": [desk.person(case.thing_id)]})
        case "event":
            services.changed("law_changed", things={"trial": [case.thing_id]})
        case "look":
            services.look(case)
        case "wait":
            services.wait(**mark, waiting=Waiting(REASONS[n % 3], "person", "A", "giấy", until, "trả lại"))
        case "resume":
            services.resume(**mark, reason=REASONS[n % 3], how="đã có")
        case "judge":
            services.judge(**mark, point=steps[n % 3], verdict="approved")
        case "return":
            services.judge(**mark, point=steps[n % 3], verdict="returned", cause="facts", note="x")
        case "decide" | "refuse":
            desk.decide(case, who, "approved" if name == "decide" else "refused")
        case "stop":
            services.stop(**mark, reason="x", seen=desk.seen(case.thing_id))
        case "hand_over":
            services.hand_over(**mark, to="A")
        case "withdraw":
            services.withdraw(**mark)
        case "assign":
            services.assign(**mark, to=(desk.clerk, desk.director)[n % 2].user)
        case "lapse":  # days later, when some of its waits are over
            with time_machine.travel(timezone.now() + timedelta(days=n), tick=False):
                waits.lapse()
        case "next":
            services.next_task(actor=who)
        case "bar":
            services.bar(actor=desk.director, at=desk.people.a, officer=who.user, party_kind="person",
                         party=desk.person(case.thing_id), reason="x")  # fmt: skip
        case _:
            getattr(services, name)(**mark, reason="x")


def holds(desk: Desk, actors: list[Actor]) -> None:
    today = timezone.localdate()
    moves = {(str(a), str(b)) for a, b in TRANSITIONS}
    for case in Case.objects.all():
        waits = CaseWait.objects.filter(case=case, ended_at__isnull=True)
        if case.state in OPEN:
            assert case.queue, case.step
            assert case.due_on
            waiting = waits.filter(until__gte=today).exists()
            if case.assigned_to is None and not waiting:  # somebody who may takes it from the queue
                assert any(case in selectors.takeable(a) for a in [*actors, *desk.reserve])
        else:
            assert not waits.exists()
            assert (
                case.state not in {"decided", "handed"}
                or Hand.objects.filter(
                    thing="trial", key=case.thing_id, user=case.decided_by, part="decider"
                ).exists()
            )
        assert case.state not in {"supplement", "payment"} or waits.filter(reason=case.state).exists()
        last = CaseEvent.objects.filter(case=case).latest("pk")
        assert (last.to_state, last.to_step) == (case.state, case.step)
        for event in CaseEvent.objects.filter(case=case).exclude(from_state=""):
            assert event.from_state == event.to_state or (event.from_state, event.to_state) in moves
    both = Hand.objects.filter(part="maker").values_list("key", "user")
    assert not set(both) & set(Hand.objects.filter(part="decider").values_list("key", "user"))


STORY = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 7)), max_size=25)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(STORY)
def test_whatever_is_done_no_open_case_is_without_next_actor_and_day(
    story: list[tuple[str, int, int]],
) -> None:
    with transaction.atomic(), registered() as desk:
        actors = [desk.clerk, desk.director, desk.officer("collection", "director")]
        desk.open()
        for name, who, n in story:
            case = Case.objects.select_related("office").latest("pk")
            refusals = (CaseError, HandError, Denied)
            with suppress(*refusals), transaction.atomic():
                act(desk, name, actors[who], case, n)
        holds(desk, actors)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("missing", [{"queue": ""}, {"step": ""}, {"due_on": None}])
def test_the_database_keeps_no_open_case_without_next_actor_or_day(missing: dict[str, Any]) -> None:
    with registered() as desk:
        (case,) = desk.open()
        with pytest.raises(DatabaseError, match="case_never_without_next"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**missing)
