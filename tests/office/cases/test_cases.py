"""The engine of cases, on an invented procedure: facts, questions, waits, verdicts, decisions, queues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from tests.office.cases.desk import RECEIVED, TEXT, Desk, registered

from ansinh.kernel.words import Words
from ansinh.office import hands
from ansinh.office.cases import access, loading, procedures, selectors, services, states
from ansinh.office.cases import letters as papers
from ansinh.office.cases.errors import CaseError, ProcedureError
from ansinh.office.cases.models import Case, CaseEvent, CaseStep, CaseWait
from ansinh.office.cases.papers import CaseLetter, CaseVerdict
from ansinh.office.cases.services import Waiting
from ansinh.office.hands import HandError
from ansinh.office.models import Hand, RoleAssignment, User
from ansinh.office.rights import Actor, Denied


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with registered() as made:
        yield made


def code(act: Callable[[], Any], kind: type[Any] = CaseError) -> str:
    with pytest.raises(kind) as error:
        act()
    return str(error.value.code)


def refused(name: str, act: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        act()


def stop(desk: Desk, case: Case, actor: Actor | None = None, seen: str = "") -> Case:
    return services.stop(
        actor=actor or desk.director, case=case, reason="x", seen=seen or desk.seen(case.thing_id)
    )


def asking(days: int = 10, reason: str = "supplement", **more: Any) -> Waiting:
    until = timezone.localdate() + timedelta(days=days)
    return Waiting(**{
        "reason": reason, "on_kind": "person", "on_name": "Người nộp", "asked": "Giấy khai sinh",
        "until": until, "then": "trả lại hồ sơ", **more,
    })  # fmt: skip


class TestProcedures:
    def test_every_fault_of_a_file_is_named(self) -> None:
        wrong = (
            TEXT.replace("mode: wd, start: received, source: thử}", "mode: weekly, start: received}", 1)
            .replace("reads: [income]", "reads: [wages]")
            .replace("test: empty", "test: void")
            .replace("law: thử", "laws: thử")
        )
        with pytest.raises(ProcedureError) as error:
            loading.read(wrong, "x.yaml")
        for fault in ("law is missing", "laws is not known", "clocks[1].source is missing"):
            assert f"x.yaml: {fault}" in error.value.en
        with pytest.raises(ProcedureError) as error:
            loading.read(
                wrong.replace("laws:", "law:").replace("start: received}", "start: r, source: s}"), "y"
            )
        for fault in ("clocks[1].mode", "steps[2].reads: 'wages'", "questions[1].test"):
            assert fault in error.value.en

    def test_a_procedure_without_a_day_for_the_office_or_with_a_strange_verb_is_refused(self) -> None:
        with pytest.raises(ProcedureError, match="no due day"):
            loading.read(TEXT.replace("who: office", "who: bank"), "x")
        strange = loading.read(TEXT.replace("verb: refund.approve", "verb: refund.bless"), "x")
        with pytest.raises(ProcedureError, match=r"refund\.bless"):
            procedures.check(strange)

    def test_states_meet_the_ten_national_ones_in_one_place(self) -> None:
        assert {states.national(state).code for state in states.State} == set(range(1, 11))
        assert all(a in states.OPEN or a == states.State.DECIDED for a, _ in states.TRANSITIONS)


class TestFacts:
    def test_a_change_sends_back_to_the_earliest_touched_step_and_keeps_other_answers(
        self, desk: Desk
    ) -> None:
        case = desk.ready()
        desk.facts[case.thing_id]["income"] = 20
        person = desk.person(case.thing_id)
        assert services.changed("income", parties={"person": [person]}) == 1
        case = desk.again(case)
        assert (case.step, case.queue, case.assigned_to) == ("assess", "refund.prepare", desk.clerk.user)
        rows = {s.code: (s.state, s.version, s.answer) for s in CaseStep.objects.filter(case=case)}
        assert rows == {
            "receive": ("done", 1, {"of": "receive"}), "assess": ("reopened", 2, {"of": "assess"}),
            "reason": ("done", 1, {"of": "reason"}),
        }  # fmt: skip
        event = selectors.events(case).last()
        assert event is not None
        assert (event.act, event.from_step, event.to_step) == ("rewind", "decide", "assess")
        assert (event.vi, event.en) == (
            "Dữ kiện đã thay đổi: thu nhập. Trở lại bước “Tính”.",
            "The record changed: income. Back to the step “Assess”.",
        )
        again = services.answer(actor=desk.other, case=case, step="assess", answer={"of": "assess again"})
        assert again.step == "decide"
        assert desk.decide(again).state == "decided"

    def test_what_did_not_change_touches_nothing_and_an_event_always_does(self, desk: Desk) -> None:
        case = desk.ready()
        theirs = {"person": [desk.person(case.thing_id)]}
        assert services.changed("income", parties=theirs) == 0
        assert services.changed("weather", parties=theirs) == 0
        assert services.changed("law_changed", parties={"person": [1]}) == 0
        said = Words("Nghị định mới", "A new decree")
        assert services.changed("law_changed", things={"trial": [case.thing_id]}, because=said) == 1
        assert desk.again(case).step == "assess"
        assert "Nghị định mới" in str(CaseEvent.objects.latest("pk").vi)

    def test_opening_reads_again(self, desk: Desk) -> None:
        case = desk.ready()
        desk.facts[case.thing_id] |= {"family": ["A", "B"], "account": "999"}
        opened = access.case(desk.director, case.pk)
        assert opened.step == "receive"
        reopened = CaseStep.objects.filter(case=case, state="reopened").values_list("code", flat=True)
        assert set(reopened) == {"receive", "reason"}
        assert access.case(desk.director, case.pk).step == "receive"
        assert CaseEvent.objects.filter(case=case, act="rewind").count() == 1

    def test_a_decision_on_facts_that_moved_is_refused(self, desk: Desk) -> None:
        case = desk.ready()
        desk.facts[case.thing_id]["income"] = 20
        assert code(lambda: desk.decide(case)) == "case.facts"

    def test_a_thousand_cases_cost_as_many_queries_as_one(self, desk: Desk) -> None:
        def cost(many: int) -> tuple[int, int]:
            with CaptureQueriesContext(connection) as opening:
                cases = desk.open(many=many)
            for case in cases:
                CaseStep.objects.create(case=case, code="receive", read={"family": "0" * 16})
            people = [desk.person(c.thing_id) for c in cases]
            desk.asked = 0
            with CaptureQueriesContext(connection) as changing:
                assert services.changed("family", parties={"person": people}) == many
            assert desk.asked == 1
            return len(opening), len(changing)

        assert cost(1) == cost(40)


class TestQuestions:
    def test_facts_open_and_close_them(self, desk: Desk) -> None:
        case = desk.ready(account="")
        assert code(lambda: desk.decide(case)) == "case.question"
        close = lambda: services.close_question(actor=desk.clerk, case=case, code="no_account", reason="x")  # noqa: E731
        case = desk.again(case)
        with pytest.raises(Denied):
            close()
        both = desk.officer("collection", "director")
        act = lambda: services.close_question(actor=both, case=case, code="no_account", reason="x")  # noqa: E731
        assert code(act) == "case.question_facts"
        desk.facts[case.thing_id]["account"] = "456"
        services.changed("account", things={"trial": [case.thing_id]})
        services.answer(actor=desk.clerk, case=case, step="reason", answer={})
        assert desk.decide(case).outcome == "approved"

    def test_some_are_closed_by_hand_and_stay_so_for_the_same_fact(self, desk: Desk) -> None:
        (case,) = desk.open(income=500)
        act = lambda reason: services.close_question(actor=desk.clerk, case=case, code="high", reason=reason)  # noqa: E731
        assert code(lambda: act(" ")) == "case.reason"
        act("Lương tháng thứ 13")
        assert code(lambda: act("x")) == "case.question"
        services.look(case)
        open_ones = case.questions.filter(closed_at__isnull=True)
        assert not open_ones.exists()
        desk.facts[case.thing_id]["income"] = 600
        services.look(case)
        assert open_ones.count() == 1
        desk.facts[case.thing_id]["income"] = 50
        services.look(case)
        assert not open_ones.exists()


class TestWaits:
    def test_a_supplement_stops_the_clock_and_moves_the_day_with_its_reason(self, desk: Desk) -> None:
        (case,) = desk.open()
        assert (case.law_due_on, case.due_on) == (date(2026, 11, 11), date(2026, 11, 9))
        wait = services.wait(
            actor=desk.clerk, case=case, waiting=asking(until=date(2026, 11, 20)), on=date(2026, 11, 3)
        )
        case = desk.again(case)
        assert (case.state, states.national(case.state).code) == ("supplement", 5)
        assert (
            code(lambda: services.answer(actor=desk.clerk, case=case, step="receive", answer={}))
            == "case.state"
        )
        assert papers.words(CaseLetter.objects.get()).vi == (
            "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ. Đề nghị ông/bà bổ sung trước hết ngày 20/11/2026: Giấy khai sinh."
        )
        services.resume(actor=desk.clerk, case=case, reason="supplement", how="Đã nộp", on=date(2026, 11, 5))
        case = desk.again(case)
        assert (case.state, case.law_due_on, case.due_on) == (
            "processing",
            date(2026, 11, 13),
            date(2026, 11, 11),
        )
        moved = case.dues.last()
        assert (moved.before, moved.after) == (date(2026, 11, 9), date(2026, 11, 11))
        assert "03/11/2026" in moved.vi
        refused("case_wait_over", lambda: CaseWait.objects.filter(pk=wait.pk).update(ended_how="khác"))
        assert (
            code(lambda: services.resume(actor=desk.clerk, case=case, reason="supplement", how="x"))
            == "case.not_waiting"
        )

    def test_a_wait_says_everything_and_no_case_is_decided_while_it_waits(self, desk: Desk) -> None:
        case = desk.ready()
        both = desk.officer("collection", "director")
        for wrong in ({"asked": " "}, {"then": ""}, {"on_name": ""}, {"days": -1}):
            act = lambda wrong=wrong: services.wait(actor=both, case=case, waiting=asking(**wrong))  # noqa: E731
            assert code(act) == "case.wait"
        services.wait(actor=both, case=case, waiting=asking(reason="agency", on_kind="agency"))
        assert desk.again(case).state == "processing"
        assert (
            code(lambda: services.wait(actor=both, case=case, waiting=asking(reason="agency")))
            == "case.waiting"
        )
        assert code(lambda: desk.decide(case)) == "case.waiting"

    def test_the_database_knows_no_asking_without_a_wait(self, desk: Desk) -> None:
        (case,) = desk.open()

        def ask() -> None:
            Case.objects.filter(pk=case.pk).update(state="supplement")
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        refused("case_asked", ask)

    def test_a_wait_whose_day_has_passed_is_work_again(self, desk: Desk) -> None:
        (case,) = desk.open()
        day = timezone.localdate() - timedelta(days=9)
        services.wait(
            actor=desk.clerk,
            case=case,
            waiting=asking(until=day + timedelta(days=3), reason="agency"),
            on=day,
        )
        assert list(selectors.takeable(desk.clerk)) == [case]
        assert not selectors.waiting(desk.clerk).exists()


class TestDecisions:
    def test_no_maker_decides_whatever_is_tried(self, desk: Desk) -> None:
        both = desk.officer("collection", "director")
        case = desk.ready(both)
        assert code(lambda: desk.decide(case, both), HandError) == "hands.maker"
        judge = lambda: services.judge(actor=both, case=case, point="assess", verdict="approved")  # noqa: E731
        assert code(judge, HandError) == "hands.maker"
        row = Case.objects.filter(pk=case.pk)
        facts = {"state": "decided", "outcome": "approved", "decided_at": timezone.now(), "seen": "x" * 64}
        for who in (both.user, desk.director.user):
            refused("case_decided_by_another", lambda who=who: row.update(decided_by=who, **facts))
            refused(
                "case_decided_by_another",
                lambda who=who: row.update(decided_by=who, four_eyes=False, **facts),
            )
        refused("case_decided_by_somebody", lambda: row.update(**facts))
        refused("case_verdict_by_another", lambda: CaseVerdict.objects.create(
            case=case, point="assess", version=1, verdict="approved", user=both.user))  # fmt: skip
        Hand.objects.create(
            thing="trial", key=case.thing_id, user=desk.director.user, part="decider", act="x"
        )
        refused("case_decided_unjudged", lambda: row.update(decided_by=desk.director.user, **facts))
        refused(
            "case_decided_unseen", lambda: row.update(decided_by=desk.director.user, **{**facts, "seen": ""})
        )

    def test_seen_and_judged(self, desk: Desk) -> None:
        case = desk.ready()
        old = desk.seen(case.thing_id)
        assert code(lambda: desk.decide(case, judge_all=False)) == "case.unjudged"
        services.judge(actor=desk.director, case=case, point="assess", verdict="approved")

        def back(**why: str) -> Case:
            return services.judge(actor=desk.director, case=case, point="reason", verdict="returned", **why)

        assert code(back) == "case.cause"
        assert code(lambda: back(cause="mood", note="x")) == "case.cause"
        assert back(cause="reasoning", note="Thiếu điều luật").step == "reason"
        assert desk.again(case).assigned_to == desk.clerk.user
        assert code(lambda: desk.decide(case)) == "case.step"
        services.answer(actor=desk.clerk, case=case, step="reason", answer={"article": 5})
        assert code(lambda: desk.decide(case, seen=old), HandError) == "hands.changed"
        services.judge(actor=desk.director, case=case, point="reason", verdict="approved")
        done = desk.decide(case, judge_all=False)
        assert (done.state, done.outcome, desk.done) == ("decided", "approved", [("approved", case.thing_id)])
        today = timezone.localdate()
        (counted,) = selectors.returned(desk.director, today, today)
        assert (counted.procedure, counted.point, counted.cause, counted.count) == (
            "trial",
            "reason",
            "reasoning",
            1,
        )
        assert [h.part for h in hands.of("trial", case.thing_id)][-1] == "decider"

    def test_an_answer_given_anew_is_judged_anew(self, desk: Desk) -> None:
        case = desk.ready()
        for point in ("assess", "reason"):
            services.judge(actor=desk.director, case=case, point=point, verdict="approved")
        services.answer(actor=desk.clerk, case=case, step="assess", answer={"of": "something else"})
        assert code(lambda: desk.decide(case, judge_all=False)) == "case.unjudged"

    def test_a_decided_case_stays_and_a_new_round_begins(self, desk: Desk) -> None:
        done = desk.decide(desk.ready())
        row = Case.objects.filter(pk=done.pk)
        for change in ({"outcome": "refused"}, {"due_on": date(2027, 1, 1)}, {"decided_by": desk.other.user}):
            refused("case_stays", lambda change=change: row.update(**change))
        refused(r"Invalid transition|case_stays", lambda: row.update(state="processing"))
        refused("case_step_open", lambda: CaseStep.objects.filter(case=done).update(answer={}))
        refused("case_verdict_of_open", lambda: CaseVerdict.objects.create(
            case=done, point="assess", version=1, verdict="approved", user=desk.director.user))  # fmt: skip
        with pytest.raises(DatabaseError, match=r"Cannot|permission denied"), transaction.atomic():
            CaseEvent.objects.filter(case=done).update(vi="khác")
        with pytest.raises(DatabaseError, match=r"Cannot|permission denied"), transaction.atomic():
            row.delete()
        handed = services.hand_over(actor=desk.clerk, case=done, to="Đàm Thị Ánh")
        assert (handed.state, states.national(handed.state).code) == ("handed", 10)
        assert services.hand_over(actor=desk.clerk, case=handed, to="x").handed_at == handed.handed_at
        again = services.reopen(actor=desk.director, case=handed, reason="Có giấy tờ mới")
        assert (again.round, again.previous, again.state, again.step) == (2, done, "processing", "receive")
        assert list(selectors.rounds(again)) == [handed, again]
        assert code(lambda: services.reopen(actor=desk.director, case=done, reason="x")) == "case.reopen"
        services.give_back(actor=desk.other, case=again, reason="x")
        for day in (done.received_on - timedelta(days=1), timezone.localdate() + timedelta(days=1)):
            given = {"actor": desk.director, "case": again, "reason": "x", "received_on": day}
            assert code(lambda given=given: services.reopen(**given)) == "case.received_on"
        letter = CaseLetter.objects.get(kind="approved")
        assert letter.data["procedure"] == "Thủ tục thử"
        printed = papers.paper(letter)
        text = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(printed)).pages).split())
        for told in ("Thủ tục thử", "Đề nghị được chấp thuận.", "Đã xử lý xong", str(handed.number)):
            assert told in text
        assert papers.paper(letter) == printed

    @pytest.mark.parametrize("state", [str(s) for s in states.State])
    def test_no_statement_makes_an_illegal_transition(self, desk: Desk, state: str) -> None:
        (case,) = desk.open()
        legal = {str(b) for a, b in states.TRANSITIONS if a == "processing"} | {"processing"}
        if state not in legal:
            refused("Invalid transition", lambda: Case.objects.filter(pk=case.pk).update(state=state))


class TestEndings:
    def test_filed_online_taken_in_or_declined(self, desk: Desk) -> None:
        desk.facts[7] = desk.facts[8] = {"income": 1, "family": [], "account": "1"}
        one, other = (
            services.open_one(actor=desk.clerk, procedure="trial", state=states.State.SUBMITTED,
                              matter=services.Matter(key, desk.people.a.pk, RECEIVED))
            for key in (7, 8)
        )  # fmt: skip
        assert (
            code(lambda: services.answer(actor=desk.clerk, case=one, step="receive", answer={}))
            == "case.state"
        )
        assert services.accept(actor=desk.clerk, case=one).state == "accepted"
        assert services.answer(actor=desk.clerk, case=one, step="receive", answer={}).state == "processing"
        assert (
            services.decline(actor=desk.clerk, case=other, reason="Không thuộc thẩm quyền").state
            == "declined"
        )

    def test_returned_handed_in_again_is_the_second_time(self, desk: Desk) -> None:
        case = desk.ready()
        services.give_back(actor=desk.clerk, case=case, reason="Thiếu chữ ký")
        case = desk.again(case)
        assert states.national(case.state).code == 3
        again = services.reopen(actor=desk.director, case=case, reason="Nộp lại")
        assert again.round == 2
        assert "lần 2" in selectors.events(again)[0].vi

    def test_withdrawal_is_asked_then_confirmed_or_not(self, desk: Desk) -> None:
        (case,) = desk.open()
        services.wait(actor=desk.clerk, case=case, waiting=asking())
        asked = services.ask_withdrawal(actor=desk.clerk, case=case, reason="Nộp nhầm")
        assert (asked.state, states.national(asked.state).code) == ("withdrawing", 7)
        assert services.keep(actor=desk.clerk, case=case, reason="Người nộp đổi ý").state == "processing"
        services.ask_withdrawal(actor=desk.clerk, case=case, reason="Nộp nhầm")
        assert services.withdraw(actor=desk.clerk, case=case).state == "withdrawn"
        assert code(lambda: stop(desk, case)) == "case.state"

    def test_stopped_by_somebody_else(self, desk: Desk) -> None:
        both = desk.officer("collection", "director")
        case = desk.ready(both)
        assert code(lambda: stop(desk, case, both), HandError) == "hands.maker"
        unseen = desk.seen(case.thing_id)
        desk.facts[case.thing_id]["account"] = "999"
        assert code(lambda: stop(desk, case, seen=unseen), HandError) == "hands.changed"
        assert stop(desk, case).state == "stopped"
        assert Hand.objects.get(thing="trial", part="decider").seen == desk.seen(case.thing_id)


class TestQueues:
    def test_next_task_is_the_one_due_first_never_ones_own_never_a_barred_one(self, desk: Desk) -> None:
        both = desk.officer("collection", "director")
        own = desk.ready(both)
        first, second = desk.ready(), desk.ready()
        Case.objects.filter(pk=second.pk).update(due_on=RECEIVED)
        services.bar(actor=desk.director, at=desk.people.a, officer=both.user, party_kind="person",
                     party=desk.person(second.thing_id), reason="Em ruột")  # fmt: skip
        taken = services.next_task(actor=both)
        assert taken == first
        assert services.next_task(actor=both) is None
        assert services.next_task(actor=desk.director) == second
        assert services.next_task(actor=desk.director) == own
        assert services.next_task(actor=desk.people.actor(desk.people.director)) is None
        assert list(selectors.mine(both)) == [first]
        counts = selectors.counts(desk.director, most=100)
        assert (counts.mine, counts.free, counts.waiting) == (2, 0, 0)

    def test_the_barred_are_kept_away_everywhere(self, desk: Desk) -> None:
        case = desk.ready()
        assert services.assign(actor=desk.director, case=case, to=desk.director.user).assigned_to
        bar = services.bar(actor=desk.director, at=desk.people.a, officer=desk.director.user,
                           party_kind="employer", party=77, reason="Vợ làm kế toán")  # fmt: skip
        case = desk.again(case)
        assert case.assigned_to is None
        assert code(lambda: desk.decide(case)) == "case.barred"
        chief = desk.officer("director")
        assert (
            code(lambda: services.assign(actor=chief, case=case, to=desk.director.user))
            == "case.barred_assignee"
        )
        row = Case.objects.filter(pk=case.pk)
        refused("case_barred", lambda: row.update(assigned_to=desk.director.user))
        refused("case_barred", lambda: CaseEvent.objects.create(
            case=case, act="decide", user=desk.director.user, to_state="decided"))  # fmt: skip
        assert case not in selectors.takeable(desk.director)
        assert code(lambda: services.lift(actor=desk.director, row=bar)) == "case.bar_own"
        services.lift(actor=chief, row=bar)
        assert desk.decide(case).state == "decided"
        with pytest.raises(Denied):
            services.bar(
                actor=desk.clerk,
                at=desk.people.a,
                officer=chief.user,
                party_kind="person",
                party=1,
                reason="x",
            )
        services.bar(
            actor=desk.clerk,
            at=desk.people.a,
            officer=desk.clerk.user,
            party_kind="person",
            party=1,
            reason="x",
        )

    @pytest.mark.parametrize("why", ["suspended", "barred", "moved", "maker"])
    def test_what_is_held_by_who_can_no_longer_act_is_anybodys(self, desk: Desk, why: str) -> None:
        """It lay with its holder for good: a bar of a day to come takes nothing away when it is written."""
        holder, deputy, today = desk.officer("director"), desk.officer("director"), timezone.localdate()
        case = services.assign(actor=desk.director, case=desk.ready(), to=holder.user)
        assert list(selectors.mine(holder)) == [case]
        assert not selectors.takeable(deputy).exists()
        assert code(lambda: services.take(actor=deputy, case=case)) == "case.taken"
        match why:
            case "suspended":
                User.objects.filter(pk=holder.user.pk).update(is_active=False)
            case "barred":
                day = today + timedelta(days=1)
                services.bar(actor=desk.director, at=desk.people.a, officer=holder.user, party_kind="person",
                             party=desk.person(case.thing_id), reason="x", valid_from=day)  # fmt: skip
                assert not selectors.takeable(deputy).exists()
                with time_machine.travel(timezone.now() + timedelta(days=1)):
                    assert not selectors.mine(holder).exists()
                    assert services.next_task(actor=deputy) == case
                return
            case "moved":
                RoleAssignment.objects.filter(user=holder.user).update(valid_to=today - timedelta(days=1))
            case "maker":
                hands.wrote(holder, "trial", case.thing_id, act="question")
                assert code(lambda: services.take(actor=holder, case=case)) == "case.taken"
        assert services.take(actor=deputy, case=case).assigned_to == deputy.user

    def test_assigned_only_to_who_may_do_it(self, desk: Desk) -> None:
        both = desk.officer("collection", "director")
        case = desk.ready(both)
        give = lambda to: services.assign(actor=desk.director, case=case, to=to.user)  # noqa: E731
        assert code(lambda: give(desk.clerk)) == "case.assignee"
        assert code(lambda: give(both)) == "case.own"
        with pytest.raises(Denied):
            services.assign(actor=desk.clerk, case=case, to=desk.director.user)
        assert code(lambda: services.take(actor=both, case=case)) == "case.taken"
        assert services.take(actor=desk.director, case=case).assigned_to == desk.director.user
        assert code(lambda: services.take(actor=desk.officer("director"), case=case)) == "case.taken"
        assert list(selectors.mine(desk.director)) == [case]
        assert services.release(actor=desk.director, case=case, reason="Đi công tác").assigned_to is None

    def test_a_stand_in_has_the_cases_of_who_is_away_from_day_to_day(self, desk: Desk) -> None:
        case, today = desk.ready(), timezone.localdate()
        services.assign(actor=desk.director, case=case, to=desk.director.user)
        deputy = desk.officer("director")
        stand = lambda **kw: services.stand_in(**{  # noqa: E731
            "actor": desk.director, "at": desk.people.a, "officer": desk.director.user, "by": deputy.user,
            "valid_from": today, "valid_to": today + timedelta(days=3), "reason": "Nghỉ phép", **kw})  # fmt: skip
        assert code(lambda: stand(by=desk.director.user)) == "case.stand_in"
        later = stand(valid_from=today + timedelta(days=2))
        assert not selectors.mine(deputy).exists()
        services.end_stand_in(actor=desk.director, row=later)
        row = stand()
        assert list(selectors.mine(deputy)) == [case]
        services.end_stand_in(actor=desk.director, row=row)
        assert not selectors.mine(deputy).exists()

    def test_queues_cost_the_same_whatever_waits(self, desk: Desk) -> None:
        def cost() -> list[int]:
            found = []
            for queue in (selectors.mine, selectors.takeable, selectors.waiting, selectors.done):
                with CaptureQueriesContext(connection) as asked:
                    assert all(c.office.name and not c.open_waits for c in queue(desk.clerk))
                found.append(len(asked))
            return found

        desk.open()
        desk.decide(desk.ready())
        services.next_task(actor=desk.clerk)
        desk.open()
        few = cost()
        desk.open(many=20)
        assert cost() == few
        assert sum(few) <= 16

    def test_outside_the_scope_a_case_does_not_exist(self, desk: Desk) -> None:
        (case,) = desk.open()
        with pytest.raises(Case.DoesNotExist):
            access.case(desk.people.actor(desk.people.director), case.pk + 1)
        elsewhere = desk.people.actor(desk.people.director_a)
        assert access.case(elsewhere, case.pk) == case
        stranger = desk.people.actor(desk.people.admin_q)
        with pytest.raises(Case.DoesNotExist):
            access.case(stranger, case.pk)
        with pytest.raises(Denied):
            services.answer(actor=stranger, case=case, step="receive", answer={})
