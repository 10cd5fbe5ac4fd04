"""Dòng và hồ sơ nói như nhau: what a list and a refund say of themselves while their case is so.

One truth: the case's state. The column beside it is for constraints, reports and filters; triggers keep it so
(`office.cases.triggers`). The proxies carry the triggers that stand on cases.
"""

from __future__ import annotations

from ansinh.office.cases.models import Case
from ansinh.office.cases.states import OPEN, State
from ansinh.office.cases.triggers import Says, agrees

DECIDED = (State.DECIDED, State.HANDED)
UNDECIDED = (State.DECLINED, State.RETURNED, State.WITHDRAWN, State.STOPPED)
DECLARATION_SAYS = (
    Says("draft", OPEN, step="check"),
    Says("checked", OPEN, step="book"),
    Says("returned", UNDECIDED),
    Says("booked", DECIDED),
)
REFUND_SAYS = (
    Says("prepared", OPEN),
    Says("approved", DECIDED, outcome="approved"),
    Says("refused", DECIDED, outcome="refused"),
    Says("refused", UNDECIDED),
)


class DeclarationCase(Case):
    """Hồ sơ của danh sách: cases of lists, which say what their list says."""

    class Meta:
        app_label = "collection"
        proxy = True
        triggers = [
            agrees(
                "declaration_case_agrees",
                thing="declaration",
                table="collection_declaration",
                says=DECLARATION_SAYS,
                of_case=True,
            )
        ]


class RefundCase(Case):
    """Hồ sơ hoàn trả: cases of refunds, which say what their refund says."""

    class Meta:
        app_label = "collection"
        proxy = True
        triggers = [
            agrees(
                "refund_case_agrees",
                thing="refund",
                table="collection_refund",
                says=REFUND_SAYS,
                of_case=True,
            )
        ]
