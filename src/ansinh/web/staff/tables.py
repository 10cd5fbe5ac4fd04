"""Ba bảng của phần thu: declarations, receipts, refunds, the same on lists and in work queues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.collection.models import Declaration, Receipt, Refund
from ansinh.kernel.dates import parse_date
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.text import fold
from ansinh.office.reading import Purpose, Subject
from ansinh.web.staff.doors import days_left
from ansinh.web.ui.tables import Column, Filter, Label, Rows, Table, choice, search

DECLARATION_TONES = {"draft": "yellow", "checked": "blue", "returned": "red", "booked": ""}
RECEIPT_TONES = {"matched": "", "suspense": "yellow", "refunded": "grey"}
SOURCES = (
    ("file", gettext_lazy("Tệp")),
    ("grid", gettext_lazy("Lưới trên web")),
    ("web", gettext_lazy("Tờ khai trên web")),
)
REFUND_TONES = {"prepared": "blue", "approved": "", "refused": "red"}


def declarations(
    request: HttpRequest,
    rows: Rows,
    *,
    caption: Label = "",
    empty: Label = "",
    filters: Sequence[Filter] = (),
    sort: str = "due",
    narrow: bool = False,
) -> Table:
    """Hồ sơ kê khai, by due date unless told otherwise; beside the queues, in a `narrow` place."""
    ways = dict(SOURCES)
    return Table(
        request,
        name="declarations",
        caption=caption or _("Hồ sơ thu"),
        rows=rows,
        columns=[
            Column(
                "number",
                _("Hồ sơ"),
                value=title,
                frozen=True,
                url=lambda d: reverse("declaration", args=[d.pk]),
            ),
            Column("employer", _("Đơn vị"), value="employer.name", sort="employer__name_sort"),
            Column(
                "unit_code", _("Mã đơn vị"), "code", value="employer.unit_code", sort="employer__unit_code"
            ),
            Column("due", _("Hạn trả lời"), "due", value=remaining, sort="due_on"),
            Column(
                "state", _("Trạng thái"), "tag", value=lambda x: x.get_state_display(), tone=declaration_tone
            ),
            Column("received_at", _("Nhận lúc"), "date", sort="received_at", hidden=narrow),
            Column("received_by", _("Người nhận"), value=lambda d: str(d.received_by or "")),
            Column("month", _("Kỳ"), "month", sort="month", hidden=narrow),
            Column("source", _("Cách nộp"), value=lambda d: str(ways.get(d.source, d.source)), hidden=True),
            Column("file", _("Tên tệp"), value="file_name", hidden=True),
        ],
        filters=[search("ten", _("Tên đơn vị"), "employer__name_fold__contains"), *filters],
        sort=sort,
        empty=empty,
        shows=lambda d: [(Subject.DECLARATION, d.pk), (Subject.EMPLOYER, d.employer_id)],
        purpose=Purpose.DECLARE,
    )


def title(declaration: Declaration) -> str:
    """D02-LT số 01/D02, or its key when the list has no number."""
    return f"{declaration.form} | {declaration.number or f'#{declaration.pk}'}"


def remaining(declaration: Declaration) -> int | None:
    """Working days left; nothing once the declaration is answered."""
    answered = declaration.state in {Declaration.State.BOOKED, Declaration.State.RETURNED}
    return None if answered else days_left(declaration.due_on)


def declaration_tone(declaration: Declaration) -> str:
    """The tag's tone."""
    return DECLARATION_TONES[declaration.state]


def receipts(
    request: HttpRequest,
    rows: Rows,
    *,
    caption: Label = "",
    empty: Label = "",
    filters: Sequence[Filter] = (),
    sort: str = "value_on",
) -> Table:
    """Khoản tiền thu, the oldest first in a queue, the newest first in the list."""
    return Table(
        request,
        name="receipts",
        caption=caption or _("Tiền nộp"),
        rows=rows,
        columns=[
            Column("value_on", _("Ngày"), "date", sort="value_on", frozen=True,
                   url=lambda r: reverse("receipt", args=[r.pk])),
            Column("amount", _("Số tiền"), "money", sort="amount"),
            Column("payer", _("Người chuyển"), value="payer_name", sort="payer_name"),
            Column("text", _("Nội dung chuyển tiền"), value="text"),
            Column("employer", _("Đơn vị"), value=lambda r: r.employer.name if r.employer else "",
                   sort="employer__name_sort"),
            Column("state", _("Trạng thái"), "tag", value=lambda x: x.get_state_display(),
                   tone=lambda r: RECEIPT_TONES[r.state]),
            Column("reference", _("Số chứng từ"), "code", sort="reference"),
            Column("account", _("Tài khoản chuyên thu"), "code", value="account.number", hidden=True),
            Column("matched_by", _("Người khớp"), value=lambda r: str(r.matched_by or ""), hidden=True),
            Column("note", _("Căn cứ khớp"), value="match_note", hidden=True),
        ],
        filters=[Filter("q", _("Người chuyển, nội dung"), _said), *filters],
        sort=sort,
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
                url=lambda r: reverse("refund", args=[r.pk]),
            ),
            Column("amount", _("Số tiền"), "money", value=lambda r: r.amount or None, sort="amount"),
            Column("reason", _("Lý do")),
            Column(
                "state",
                _("Trạng thái"),
                "tag",
                value=lambda x: x.get_state_display(),
                tone=lambda r: REFUND_TONES[r.state],
            ),
            Column("prepared_at", _("Ngày lập"), "date", sort="prepared_at"),
            Column("prepared_by", _("Người lập"), value=lambda r: str(r.prepared_by or "")),
            Column("approved_by", _("Người duyệt"), value=lambda r: str(r.approved_by or "")),
        ],
        filters=list(filters),
        sort=sort,
        empty=empty,
        shows=lambda r: [
            (Subject.REFUND, r.pk),
            (Subject.EMPLOYER, None if r.person_id else r.employer_id),
            (Subject.PERSON, r.person_id),
        ],
        purpose=Purpose.REFUND,
    )


def state_filter(choices: Sequence[tuple[str, Any]]) -> Filter:
    """Bộ lọc theo trạng thái."""
    return choice("trang-thai", _("Trạng thái"), choices, "state")


def sources() -> Filter:
    """Cách nộp."""
    return choice("cach-nop", _("Cách nộp"), SOURCES, "source")


def received() -> Filter:
    """Nhận từ ngày."""
    return Filter("nhan-tu", _("Nhận từ ngày"), lambda rows, v: _since(rows, v, "received_at__date"), "date")


def paid() -> Filter:
    """Tiền về từ ngày."""
    return Filter("tu-ngay", _("Từ ngày"), lambda rows, v: _since(rows, v, "value_on"), "date")


def _since(rows: Any, value: str, field: str) -> Any:
    """Rows from a day on; none for words that are no day."""
    try:
        return rows.filter(**{f"{field}__gte": parse_date(value)})
    except BilingualError:
        return rows.none()


def receipt_states() -> Filter:
    """Trạng thái khoản thu."""
    return state_filter(Receipt.State.choices)


def refund_states() -> Filter:
    """Trạng thái hoàn trả."""
    return state_filter(Refund.State.choices)
