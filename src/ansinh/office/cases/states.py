"""Trạng thái hồ sơ: the states of a case, what may follow what, and the ten statuses of the national portal.

The only place where a state of the office meets a status of the portal. The table of transitions is mirrored
into a trigger of the database (`models.Case`).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.words import Words


class State(models.TextChoices):
    SUBMITTED = "submitted", _("Mới nộp")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    DECLINED = "declined", _("Không tiếp nhận")
    PROCESSING = "processing", _("Đang giải quyết")
    SUPPLEMENT = "supplement", _("Chờ bổ sung giấy tờ")
    PAYMENT = "payment", _("Chờ nộp tiền")
    WITHDRAWING = "withdrawing", _("Người nộp xin rút")
    RETURNED = "returned", _("Trả lại")
    WITHDRAWN = "withdrawn", _("Đã rút")
    STOPPED = "stopped", _("Dừng giải quyết")
    DECIDED = "decided", _("Đã quyết định")
    HANDED = "handed", _("Đã trả kết quả")


@dataclass(frozen=True, slots=True)
class National:
    """Trạng thái trên Cổng dịch vụ công quốc gia: code 1 to 10, its words, and whose turn it is."""

    code: int
    words: Words
    turn: str  # office | filer | nobody


REGISTERED = National(1, Words("Mới đăng ký", "Newly submitted"), "office")
TAKEN_IN = National(2, Words("Được tiếp nhận", "Accepted"), "office")
NOT_TAKEN_IN = National(3, Words("Không được tiếp nhận", "Not accepted"), "filer")
IN_PROCESS = National(4, Words("Đang xử lý", "In process"), "office")
PAPERS_ASKED = National(5, Words("Yêu cầu bổ sung giấy tờ", "More papers asked for"), "filer")
PAYMENT_ASKED = National(6, Words("Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked for"), "filer")
WITHDRAWAL_ASKED = National(7, Words("Công dân yêu cầu rút hồ sơ", "Withdrawal asked for"), "office")
STOPPED = National(8, Words("Dừng xử lý", "Stopped"), "nobody")
DONE = National(9, Words("Đã xử lý xong", "Decided"), "office")
HANDED_OVER = National(10, Words("Đã trả kết quả", "Result handed over"), "nobody")

NATIONAL: dict[State, National] = {
    State.SUBMITTED: REGISTERED,
    State.ACCEPTED: TAKEN_IN,
    State.DECLINED: NOT_TAKEN_IN,
    State.PROCESSING: IN_PROCESS,
    State.SUPPLEMENT: PAPERS_ASKED,
    State.PAYMENT: PAYMENT_ASKED,
    State.WITHDRAWING: WITHDRAWAL_ASKED,
    State.RETURNED: NOT_TAKEN_IN,
    State.WITHDRAWN: STOPPED,
    State.STOPPED: STOPPED,
    State.DECIDED: DONE,
    State.HANDED: HANDED_OVER,
}

OPEN = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.PROCESSING,
    State.SUPPLEMENT,
    State.PAYMENT,
    State.WITHDRAWING,
)
CLOSED = tuple(state for state in State if state not in OPEN)
WORKED_ON = (State.ACCEPTED, State.PROCESSING)
ASKED = (State.SUPPLEMENT, State.PAYMENT)
"""The filer is asked for something: an open wait says what, until when and what then."""

TRANSITIONS: tuple[tuple[State, State], ...] = (
    (State.SUBMITTED, State.ACCEPTED),
    (State.SUBMITTED, State.DECLINED),
    (State.SUBMITTED, State.WITHDRAWN),
    (State.ACCEPTED, State.PROCESSING),
    *((state, State.SUPPLEMENT) for state in WORKED_ON),
    *((state, State.PAYMENT) for state in WORKED_ON),
    *((state, State.PROCESSING) for state in (*ASKED, State.WITHDRAWING)),
    *((state, State.WITHDRAWING) for state in (*WORKED_ON, *ASKED)),
    (State.WITHDRAWING, State.WITHDRAWN),
    *((state, State.RETURNED) for state in (*WORKED_ON, *ASKED)),
    *((state, State.STOPPED) for state in (*WORKED_ON, *ASKED)),
    *((state, State.DECIDED) for state in WORKED_ON),
    (State.DECIDED, State.HANDED),
)


def national(state: str) -> National:
    """Trạng thái quốc gia của một trạng thái: one of the ten, never another."""
    return NATIONAL[State(state)]
