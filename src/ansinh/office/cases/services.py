"""Mọi việc làm với hồ sơ: the acts of the engine, in one place to import from.

Keyword-only, actor first, one transaction each; `open_many` and `settle` belong to their caller's.
"""

from __future__ import annotations

from ansinh.office.cases.assigning import assign, end_stand_in, next_task, release, stand_in, take
from ansinh.office.cases.barring import bar, lift
from ansinh.office.cases.deciding import decide, judge
from ansinh.office.cases.due import recompute
from ansinh.office.cases.endings import (
    ask_withdrawal,
    decline,
    give_back,
    hand_over,
    keep,
    reopen,
    stop,
    withdraw,
)
from ansinh.office.cases.facts import changed, look
from ansinh.office.cases.flow import (
    Matter,
    accept,
    answer,
    of_thing,
    open_many,
    open_one,
    send_back,
    settle,
)
from ansinh.office.cases.questions import close as close_question
from ansinh.office.cases.waits import Waiting, resume, wait

__all__ = [
    "Matter",
    "Waiting",
    "accept",
    "answer",
    "ask_withdrawal",
    "assign",
    "bar",
    "changed",
    "close_question",
    "decide",
    "decline",
    "end_stand_in",
    "give_back",
    "hand_over",
    "judge",
    "keep",
    "lift",
    "look",
    "next_task",
    "of_thing",
    "open_many",
    "open_one",
    "recompute",
    "release",
    "reopen",
    "resume",
    "send_back",
    "settle",
    "stand_in",
    "stop",
    "take",
    "wait",
    "withdraw",
]
