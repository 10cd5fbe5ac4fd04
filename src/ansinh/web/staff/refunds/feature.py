"""Hoàn trả C16-TS: prepared by one, approved by another."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.collection.refunds import selectors
from ansinh.office.rights import Actor
from ansinh.web.features import Entry, Feature, Group, Queue, Thing
from ansinh.web.staff.refunds import tables


def _unassessed(actor: Actor) -> QuerySet[Any]:
    return selectors.in_scope(actor, "refund.prepare").filter(state="prepared", amount=0)


FEATURE = Feature(
    __name__,
    entries=(Entry(Group.COLLECTION, _("Hoàn trả"), "refunds", "receipt.read", order=30),),
    queues=(
        Queue(
            "hoan-tra-xac-dinh",
            _("Hoàn trả chờ xác định"),
            "refund.prepare",
            _unassessed,
            tables.refunds,
            order=30,
        ),
        Queue(
            "hoan-tra-cho-duyet",
            _("Hoàn trả chờ duyệt"),
            "refund.approve",
            selectors.waiting,
            tables.refunds,
            order=31,
        ),
    ),
    things=(
        Thing(
            "refund",
            "refund",
            tables.about,
            {"amount": (_("Số tiền"), "money")},
            confirms=("assess",),
            ends=_("Khoản hoàn trả không được chi và không còn giữ số tiền ấy."),
        ),
    ),
)
