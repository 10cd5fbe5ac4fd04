"""Bảng hồ sơ thu: declarations, the same on their list and in work queues."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.collection.declarations import selectors
from ansinh.collection.models import Declaration
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.web.features import About
from ansinh.web.staff.doors import days_left
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.tables import Column, Filter, Label, Rows, Table, choice, search, since

TONES = {"draft": "yellow", "checked": "blue", "returned": "red", "booked": ""}
SOURCES = (
    ("file", gettext_lazy("Tệp")),
    ("grid", gettext_lazy("Lưới trên web")),
    ("web", gettext_lazy("Tờ khai trên web")),
)


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
    """Hồ sơ kê khai: by due date unless told otherwise; beside the queues, in a `narrow` place."""
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
                url=link("declaration"),
            ),
            Column("employer", _("Đơn vị"), value="employer.name", sort="employer__name_sort"),
            Column(
                "unit_code", _("Mã đơn vị"), "code", value="employer.unit_code", sort="employer__unit_code"
            ),
            Column("due", _("Hạn trả lời"), "due", value=remaining, sort="due_on", always=True),
            Column("state", _("Trạng thái"), "tag", value=display("state"), tone=tone),
            Column("received_at", _("Nhận lúc"), "date", sort="received_at", always=True, hidden=narrow),
            Column("received_by", _("Người nhận"), value=lambda d: str(d.received_by or "")),
            Column("month", _("Kỳ"), "month", sort="month", hidden=narrow),
            Column("source", _("Cách nộp"), value=lambda d: str(ways.get(d.source, d.source)), hidden=True),
            Column("file", _("Tên tệp"), value="file_name", hidden=True),
        ],
        filters=[search("ten", _("Tên đơn vị"), "employer__name_fold__contains"), *filters],
        sort=sort,
        keyed=True,
        empty=empty,
        shows=lambda d: [(Subject.DECLARATION, d.pk), (Subject.EMPLOYER, d.employer_id)],
        purpose=Purpose.DECLARE,
    )


def title(declaration: Declaration) -> str:
    """D02-LT số 01/D02: its key when the list has no number."""
    return f"{declaration.form} | {declaration.number or f'#{declaration.pk}'}"


def remaining(declaration: Declaration) -> int | None:
    """Working days left; nothing once the declaration is answered."""
    answered = declaration.state in {Declaration.State.BOOKED, Declaration.State.RETURNED}
    return None if answered else days_left(declaration.due_on)


def tone(declaration: Declaration) -> str:
    """The tag's tone."""
    return TONES[declaration.state]


def states() -> Filter:
    """Trạng thái hồ sơ."""
    return choice("trang-thai", _("Trạng thái"), Declaration.State.choices, "state")


def sources() -> Filter:
    """Cách nộp."""
    return choice("cach-nop", _("Cách nộp"), SOURCES, "source")


def received() -> Filter:
    """Nhận từ ngày."""
    return since("nhan-tu", _("Nhận từ ngày"), "received_at", instant=True)


def about(actor: Actor, keys: Collection[int]) -> dict[int, About]:
    """Hồ sơ nói về gì: the list and whose it is; of those the actor may read."""
    found = selectors.in_scope(actor).defer("preview", "problems").filter(pk__in=keys)
    return {
        one.pk: About(
            f"{title(one)} · {one.employer.name}" if one.employer else title(one),
            ((Subject.DECLARATION, one.pk), (Subject.EMPLOYER, one.employer_id)),
        )
        for one in found
    }
