"""Bảng hoàn trả: refunds, the same on their list and in work queues."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ansinh.collection.models import Refund
from ansinh.collection.refunds import selectors
from ansinh.kernel.money import format_dong
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.web.features import About
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.tables import Column, Filter, Label, Rows, Table, choice

TONES = {"prepared": "blue", "approved": "", "refused": "red"}


def refunds(
    request: HttpRequest,
    rows: Rows,
    *,
    caption: Label = "",
    empty: Label = "",
    filters: Sequence[Filter] = (),
    sort: str = "prepared_at",
) -> Table:
    """Hoàn trả C16-TS."""
    return Table(
        request,
        name="refunds",
        caption=caption or _("Hoàn trả"),
        rows=rows,
        columns=[
            Column(
                "payee",
                _("Người nhận"),
                sort="payee",
                frozen=True,
                url=link("refund"),
            ),
            Column("amount", _("Số tiền"), "money", value=lambda r: r.amount or None, sort="amount"),
            Column("reason", _("Lý do")),
            Column(
                "state",
                _("Trạng thái"),
                "tag",
                value=display("state"),
                tone=lambda r: TONES[r.state],
            ),
            Column("prepared_at", _("Ngày lập"), "date", sort="prepared_at", always=True),
            Column("prepared_by", _("Người lập"), value=lambda r: str(r.prepared_by or "")),
            Column("approved_by", _("Người duyệt"), value=lambda r: str(r.approved_by or "")),
        ],
        filters=list(filters),
        sort=sort,
        keyed=True,
        empty=empty,
        shows=lambda r: [
            (Subject.REFUND, r.pk),
            (Subject.EMPLOYER, None if r.person_id else r.employer_id),
            (Subject.PERSON, r.person_id),
        ],
        purpose=Purpose.REFUND,
    )


def states() -> Filter:
    """Trạng thái hoàn trả."""
    return choice("trang-thai", _("Trạng thái"), Refund.State.choices, "state")


def about(actor: Actor, keys: Collection[int]) -> dict[int, About]:
    """Hoàn trả nói về gì: to whom, how much; of those the actor may read."""
    return {
        refund.pk: About(
            f"{refund.payee} · {format_dong(refund.amount, unit=True)}" if refund.amount else refund.payee,
            (
                (Subject.REFUND, refund.pk),
                (Subject.PERSON, refund.person_id),
                (Subject.EMPLOYER, None if refund.person_id else refund.employer_id),
            ),
        )
        for refund in selectors.in_scope(actor).filter(pk__in=keys)
    }
