"""Đơn vị: the list, and one employer's page: people, dues, payments, statement by month, status."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.collection.month import selectors as months
from ansinh.collection.month import standing
from ansinh.collection.notices import selectors as notices
from ansinh.collection.receipts import selectors as receipts
from ansinh.kernel.identity import mask
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.reading import Purpose, Subject
from ansinh.registers import access, history, selectors
from ansinh.registers.models import Employer, EmployerStatus, Participation
from ansinh.web.gate import rule
from ansinh.web.staff import trace
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.doors import office_choices
from ansinh.web.staff.trace import readers
from ansinh.web.ui import export
from ansinh.web.ui.cells import link
from ansinh.web.ui.tables import Column, Table, choice
from ansinh.web.ui.tables import search as box
from ansinh.web.ui.words import coefficient, place

SHOWN = ("name", "unit_code", "office__name", "officer__full_name", "officer__username")
"""What the list reads of an employer; the rest would be read and put together for nothing."""


@rule("employer.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách đơn vị; what each still owes, to whoever may read statements there."""
    actor = actor_of(request)
    labels = dict(EmployerStatus.State.choices)
    money = [
        Column("workers", _("Lao động"), "number", sort="workers", always=True),
        Column("short", _("Còn phải đóng"), "money", sort="short", always=True),
        Column("late", _("Chậm, trốn đóng"), "money", sort="late", always=True),
    ]
    drawn = Table(
        request,
        name="employers",
        caption=_("Đơn vị"),
        rows=standing.employers(actor, timezone.localdate()).only(*SHOWN),
        columns=[
            Column(
                "name",
                _("Tên đơn vị"),
                sort="name_sort",
                always=True,
                frozen=True,
                url=link("employer"),
            ),
            Column("unit_code", _("Mã đơn vị"), "code", sort="unit_code", always=True),
            *(money if actor.paths("statement.read") else []),
            Column(
                "state",
                _("Tình trạng"),
                "tag",
                value=lambda e: "" if e.state in {None, "active"} else labels[e.state],
                tone=lambda _: "yellow",
            ),
            Column("office", _("Cơ quan quản lý"), value="office.name"),
            Column("officer", _("Viên chức quản lý"), value=lambda e: e.officer or "", hidden=True),
        ],
        filters=[
            box("ten", _("Tên đơn vị"), "name_fold__contains"),
            choice("co-quan", _("Cơ quan quản lý"), office_choices(actor, "employer.read"), "office_id"),
            choice("tinh-trang", _("Tình trạng"), EmployerStatus.State.choices, "state"),
        ],
        sort="name",
        shows=lambda e: [(Subject.EMPLOYER, e.pk)],
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    return render(request, "staff/employers/list.html", {"table": drawn})


@rule("employer.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Trang đơn vị: each part to whoever holds its verb at this employer."""
    actor = actor_of(request)
    purpose = reading.purpose_of(request.GET.get("muc-dich", ""), Purpose.COLLECT)
    employer = opened(request, access.employer, pk, purpose=purpose)
    sees_statements = actor.may("statement.read", at=employer)
    statements = months.statements_of(employer) if sees_statements else []
    newest = statements[0] if statements else None
    month = Month.from_index(newest.month) if newest else Month.of(timezone.localdate())
    people = _people(request, employer, month) if actor.may("person.read", at=employer) else None
    if people is not None and people.export_asked:
        return export.workbook(people)
    may_see_history = actor.may("history.read", at=employer)
    kept = history.changes("employer", [employer.pk]) if may_see_history else []
    statuses = selectors.statuses(employer)
    context = {
        "employer": employer,
        "facts": facts(employer),
        "statements": statements,
        "newest": newest,
        "month": month,
        "people": people,
        "status": next(iter(statuses), None),
        "statuses": statuses,
        "receipts": receipts.of_employer(actor, employer),
        "sees_receipts": actor.may("receipt.read", at=employer),
        "sees_statements": sees_statements,
        "urges": notices.urges_of(employer) if sees_statements else [],
        "changes": trace.events(kept),
        "readings": readers("employer", employer.pk) if may_see_history else [],
        "crumbs": [(_("Đơn vị"), reverse("employers")), (employer.name, "")],
        "may_see_history": may_see_history,
        "may_edit": actor.may("employer.edit", at=employer),
        "may_receive": actor.may("declaration.receive", at=employer),
    }
    return render(request, "staff/employers/employer.html", context)


def _people(request: HttpRequest, employer: Employer, month: Month) -> Table:
    """Người tham gia tại đơn vị trong tháng. Who they are at this employer is the employer's page to show."""
    return Table(
        request,
        name="workers",
        caption=_("Người tham gia"),
        rows=selectors.workers(employer, month.index),
        columns=[
            Column(
                "name",
                _("Họ và tên"),
                value="person.full_name",
                sort="person__name_sort",
                frozen=True,
                url=link("person", key="person_id"),
            ),
            Column("code", _("Mã số BHXH"), "code", value=lambda s: mask(s.person.si_number)),
            Column("job", _("Chức danh"), value="job_title"),
            Column(
                "from",
                _("Từ tháng"),
                "month",
                value=lambda s: Month.from_index(s.from_month),
                sort="from_month",
            ),
            Column("wage", _("Tiền lương"), "money", value=wage, sort="wage"),
            Column("coefficient", _("hệ số"), value=lambda p: coefficient(p.coefficient_milli)),
        ],
        sort="name",
        page_size=20,
        shows=lambda s: [(Subject.PERSON, s.person_id)],
    )


def wage(span: Participation) -> int | None:
    """Tiền lương in dong; of somebody paid by coefficient, only what is paid beside it."""
    return span.wage + span.other_pay or None


def facts(employer: Employer) -> list[dict[str, Any]]:
    """The employer's card."""
    return [
        {"label": _("Mã đơn vị"), "value": employer.unit_code, "kind": "code"},
        {"label": _("Mã số thuế"), "value": employer.tax_code, "kind": "code"},
        {
            "label": _("Địa chỉ"),
            "value": place(employer.address, employer.commune.name),
        },
        {"label": _("Điện thoại"), "value": employer.phone},
        {"label": _("Phương thức đóng"), "value": cycle(employer.cycle)},
        {"label": _("Vùng lương tối thiểu"), "value": ("I", "II", "III", "IV")[employer.region - 1]},
        {"label": _("Cơ quan quản lý"), "value": employer.office.name},
        {"label": _("Viên chức quản lý"), "value": employer.officer and str(employer.officer)},
    ]


def cycle(months: int) -> str:
    """Phương thức đóng in words."""
    return _("Hằng tháng") if months == 1 else _("%(n)s tháng một lần") % {"n": months}
