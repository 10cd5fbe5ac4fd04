"""Việc cần làm: what waits for an answer, by queue; the address names the queue, the order is by due date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.collection.declarations import selectors as declarations
from ansinh.collection.models import Declaration
from ansinh.collection.receipts import selectors as receipts
from ansinh.collection.refunds import selectors as refunds
from ansinh.kernel.workdays import add_working_days
from ansinh.office import reading
from ansinh.office.rights import Actor
from ansinh.office.staff import selectors as rights
from ansinh.web.gate import rule
from ansinh.web.staff.administration import tables as administration
from ansinh.web.staff.asking import actor_of
from ansinh.web.staff.declarations import tables as declaration_tables
from ansinh.web.staff.receipts import tables as receipt_tables
from ansinh.web.staff.refunds import tables as refund_tables
from ansinh.web.ui import export, words

REMEMBERED = "work.queue"
Rows = QuerySet[Any] | list[Any]


@dataclass(frozen=True)
class Queue:
    """Nhóm việc: who has it (`verb`), what waits in it, and as which table it is drawn."""

    name: str
    label: str | Promise
    verb: str
    rows: Callable[[Actor], Rows]
    draw: Callable[..., Any]


def _mine(actor: Actor) -> Rows:
    """Of the employers the officer is in charge of, or taken in by them."""
    own = Q(employer__officer=actor.user) | Q(received_by=actor.user)
    return declarations.pending(actor).filter(own)


def _soon(actor: Actor) -> Rows:
    last = add_working_days(timezone.localdate(), words.SOON)
    return declarations.pending(actor).filter(due_on__lte=last)


def _incomplete(actor: Actor) -> Rows:
    return declarations.pending(actor).filter(state=Declaration.State.DRAFT)


def _unassessed(actor: Actor) -> Rows:
    return refunds.in_scope(actor, "refund.prepare").filter(state="prepared", amount=0)


LISTS = partial(declaration_tables.declarations, narrow=True)
QUEUES = (
    Queue("cua-toi", gettext_lazy("Việc của tôi"), "declaration.read", _mine, LISTS),
    Queue("cua-phong", gettext_lazy("Của phòng"), "declaration.read", declarations.pending, LISTS),
    Queue("sap-qua-han", gettext_lazy("Sắp quá hạn"), "declaration.read", _soon, LISTS),
    Queue("cho-bo-sung", gettext_lazy("Chờ bổ sung"), "declaration.read", _incomplete, LISTS),
    Queue(
        "tien-cho-khop",
        gettext_lazy("Tiền chờ khớp"),
        "receipt.match",
        receipts.unmatched,
        receipt_tables.receipts,
    ),
    Queue(
        "hoan-tra-xac-dinh",
        gettext_lazy("Hoàn trả chờ xác định"),
        "refund.prepare",
        _unassessed,
        refund_tables.refunds,
    ),
    Queue(
        "hoan-tra-cho-duyet",
        gettext_lazy("Hoàn trả chờ duyệt"),
        "refund.approve",
        refunds.waiting,
        refund_tables.refunds,
    ),
    Queue(
        "quyen-cho-dong-y",
        gettext_lazy("Quyền chờ đồng ý"),
        "rights.grant",
        rights.waiting,
        administration.rights,
    ),
)


@rule("work.read")
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the queue looked at last with its filter, else to the first."""
    held = _held(actor_of(request))
    if not held:
        return render(request, "staff/work/list.html", {"queues": [], "table": None})
    names = [queue.name for queue in held]
    last, _sign, filtered = request.session.get(REMEMBERED, "").partition("?")
    if last not in names:
        return redirect("work_queue", queue=names[0])
    return redirect(reverse("work_queue", args=[last]) + (f"?{filtered}" if filtered else ""))


@rule("work.read")
def page(request: HttpRequest, queue: str) -> HttpResponseBase:
    """Một nhóm việc, the most urgent first."""
    actor = actor_of(request)
    held = _held(actor)
    chosen = next((q for q in held if q.name == queue), None)
    if chosen is None:
        for other in QUEUES:
            if other.name == queue:
                reading.refused(actor, other.verb)
        raise Http404
    drawn = chosen.draw(request, chosen.rows(actor), caption=chosen.label, empty=_("Không có việc nào chờ"))
    if drawn.export_asked:
        return export.workbook(drawn)
    request.session[REMEMBERED] = queue + drawn.url(page=None)
    links = [
        {
            "label": q.label,
            "url": reverse("work_queue", args=[q.name]),
            "count": _count(q.rows(actor)),
            "current": q is chosen,
        }
        for q in held
    ]
    context = {"queues": links, "table": drawn, "queue": chosen}
    return render(request, "staff/work/list.html", context)


def _count(rows: Rows) -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def _held(actor: Actor) -> list[Queue]:
    return [queue for queue in QUEUES if actor.somewhere(queue.verb)]
