"""Bảng tiền nộp: receipts, the same on their list, in a bank file and in work queues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ansinh.collection.models import Receipt
from ansinh.kernel.text import fold
from ansinh.office.reading import Purpose, Subject
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.tables import Column, Filter, Label, Rows, Table, choice, since

TONES = {"matched": "", "suspense": "yellow", "refunded": "grey"}


def receipts(
    request: HttpRequest,
    rows: Rows,
    *,
    caption: Label = "",
    empty: Label = "",
    filters: Sequence[Filter] = (),
    sort: str = "value_on",
) -> Table:
    """Khoản tiền thu: the oldest first in a queue, the newest first in the list."""
    return Table(
        request,
        name="receipts",
        caption=caption or _("Tiền nộp"),
        rows=rows,
        columns=[
            Column("value_on", _("Ngày"), "date", sort="value_on", always=True, frozen=True,
                   url=link("receipt")),
            Column("amount", _("Số tiền"), "money", sort="amount"),
            Column("payer", _("Người chuyển"), value="payer_name", sort="payer_name"),
            Column("text", _("Nội dung chuyển tiền"), value="text"),
            Column("employer", _("Đơn vị"), value=lambda r: r.employer.name if r.employer else "",
                   sort="employer__name_sort"),
            Column("state", _("Trạng thái"), "tag", value=display("state"),
                   tone=lambda r: TONES[r.state]),
            Column("reference", _("Số chứng từ"), "code", sort="reference"),
            Column("account", _("Tài khoản chuyên thu"), "code", value="account.number", hidden=True),
            Column("matched_by", _("Người khớp"), value=lambda r: str(r.matched_by or ""), hidden=True),
            Column("note", _("Căn cứ khớp"), value="match_note", hidden=True),
        ],
        filters=[Filter("q", _("Người chuyển, nội dung"), _said), *filters],
        sort=sort,
        keyed=True,
        empty=empty,
        shows=lambda r: [(Subject.RECEIPT, r.pk), (Subject.EMPLOYER, r.employer_id)],
        purpose=Purpose.MONEY,
    )  # fmt: skip


def _said(rows: Any, value: str) -> Any:
    """Rows whose payer, text, reference or employer holds the words."""
    return rows.filter(
        Q(payer_name__icontains=value)
        | Q(text__icontains=value)
        | Q(reference__icontains=value)
        | Q(employer__name_fold__contains=fold(value))
    )


def states() -> Filter:
    """Trạng thái khoản thu."""
    return choice("trang-thai", _("Trạng thái"), Receipt.State.choices, "state")


def paid() -> Filter:
    """Tiền về từ ngày."""
    return since("tu-ngay", _("Từ ngày"), "value_on")
