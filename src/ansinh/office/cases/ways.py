"""Lối ra của một hồ sơ: how a case may end otherwise than decided, or begin anew, and why it may not.

The services ask again; what a page offers and what it says instead come from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from ansinh.kernel.words import Words
from ansinh.office import hands
from ansinh.office.cases import flow, procedures, writing
from ansinh.office.cases.models import Case
from ansinh.office.cases.states import ASKED, CLOSED, WORKED_ON, State
from ansinh.office.rights import Actor

STOP, ASK, AGREE, KEEP = "stop", "ask_withdrawal", "withdraw", "keep"
REOPEN, HAND_OVER = "reopen", "hand_over"

STATES: Mapping[str, tuple[State, ...]] = {
    STOP: (*WORKED_ON, *ASKED),
    ASK: (State.SUBMITTED, *WORKED_ON, *ASKED),
    AGREE: (State.WITHDRAWING,),
    KEEP: (State.WITHDRAWING,),
    REOPEN: CLOSED,
    HAND_OVER: (State.DECIDED,),
}
"""In which states each is possible."""


def verb_of(case: Case, way: str) -> str:
    """The verb whose holders may, where the case is."""
    procedure = procedures.of(case.procedure)
    if way in {STOP, REOPEN}:
        return procedure.assign_verb
    if way == ASK:
        return procedure.file_verb
    return procedure.steps[0].verb if way == HAND_OVER else procedure.step(case.step).verb


def open_to(actor: Actor, case: Case) -> list[str]:
    """Những lối mở cho người này: at most three queries."""
    ways = [way for way in STATES if _of_case(case, way) is None and actor.may(verb_of(case, way), at=case)]
    if not ways or writing.barred_from(actor.user.pk, case):
        return []
    return [way for way in ways if _of_actor(actor, case, way) is None]


def why_not(actor: Actor, case: Case, way: str) -> Words | None:
    """Vì sao không được: nothing when this actor may."""
    wrong = _of_case(case, way)
    if wrong is not None:
        return wrong
    if not actor.may(verb_of(case, way), at=case):
        return Words(
            "Tài khoản này không có quyền làm việc ấy với hồ sơ.",
            "This account may not do that with the case.",
        )
    if writing.barred_from(actor.user.pk, case):
        return Words(
            "Ông/bà phải tránh hồ sơ của người, đơn vị này; người khác giải quyết.",
            "You are barred from this person's or employer's matters; somebody else must act.",
        )
    return _of_actor(actor, case, way)


def _of_case(case: Case, way: str) -> Words | None:
    if case.state not in STATES[way]:
        return Words(
            f"Không làm được khi hồ sơ ở trạng thái “{case.get_state_display()}”.",
            f"Not possible while the case is “{State(case.state).value}”.",
        )
    if way == REOPEN and not procedures.of(case.procedure).reopens:
        return Words(
            "Hồ sơ của thủ tục này không mở lại: điều đã ghi được sửa bằng hồ sơ khác.",
            "Cases of this procedure are not reopened: what was recorded is corrected by another case.",
        )
    return None


def _of_actor(actor: Actor, case: Case, way: str) -> Words | None:
    if way == STOP and hands.made(actor, case.thing_kind, case.thing_id):
        return Words(
            "Ông/bà đã lập hoặc sửa hồ sơ này nên không được dừng; người khác phải quyết định.",
            "You wrote some of it, so somebody else must stop it.",
        )
    if way == REOPEN and flow.of_thing(case.thing_kind, case.thing_id) != case:
        return Words("Việc này đã có lần sau.", "There is a later round already.")
    return None
