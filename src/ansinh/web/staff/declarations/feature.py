"""Hồ sơ thu: D02-LT by file, on the web's grid; its queues."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ansinh.collection.declarations import selectors
from ansinh.collection.models import Declaration
from ansinh.kernel.workdays import add_working_days
from ansinh.office.rights import Actor
from ansinh.web.features import Entry, Feature, Group, Queue, Thing
from ansinh.web.staff.declarations import tables
from ansinh.web.ui import words

READ = "declaration.read"
LISTS = partial(tables.declarations, narrow=True)


def _mine(actor: Actor) -> QuerySet[Any]:
    """Of the employers the officer is in charge of, or taken in by them."""
    own = Q(employer__in=selectors.in_charge_of(actor)) | Q(received_by=actor.user)
    return selectors.pending(actor).filter(own)


def _soon(actor: Actor) -> QuerySet[Any]:
    last = add_working_days(timezone.localdate(), words.SOON)
    return selectors.pending(actor).filter(due_on__lte=last)


def _incomplete(actor: Actor) -> QuerySet[Any]:
    return selectors.pending(actor).filter(state=Declaration.State.DRAFT)


FEATURE = Feature(
    __name__,
    entries=(Entry(Group.COLLECTION, _("Hồ sơ thu"), "declarations", READ, order=10),),
    queues=(
        Queue("cua-toi", _("Việc của tôi"), READ, _mine, LISTS, order=10),
        Queue("cua-phong", _("Của phòng"), READ, selectors.pending, LISTS, order=11),
        Queue("sap-qua-han", _("Sắp quá hạn"), READ, _soon, LISTS, order=12),
        Queue("cho-bo-sung", _("Chờ bổ sung"), READ, _incomplete, LISTS, order=13),
    ),
    things=(
        Thing(
            "declaration",
            "declaration",
            tables.about,
            {"month": (_("Kỳ thu"), "month")},
            ends=_("Danh sách thành “Trả lại”; không dòng nào được ghi nhận. Đơn vị nộp danh sách khác."),
        ),
    ),
)
