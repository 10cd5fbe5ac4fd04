"""Tiền nộp: receipts, bank files; the money that waits for its employer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.collection.receipts import selectors
from ansinh.web.features import Entry, Feature, Group, Queue
from ansinh.web.staff.receipts import tables

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.COLLECTION, _("Tiền nộp"), "receipts", "receipt.read", order=20),),
    queues=(
        Queue(
            "tien-cho-khop",
            _("Tiền chờ khớp"),
            "receipt.match",
            selectors.unmatched,
            tables.receipts,
            order=20,
        ),
    ),
)
