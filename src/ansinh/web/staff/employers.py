"""Đơn vị: the list, and one employer's page: people, dues, payments, statement by month, status."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.collection.models import Receipt, Statement, Urge
from ansinh.collection.month import selectors as months
from ansinh.kernel.identity import mask
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.models import Unit
from ansinh.registers import access, history, selectors
from ansinh.registers.models import Employer, EmployerStatus, Participation
from ansinh.web.gate import rule
from ansinh.web.staff import changes
from ansinh.web.staff.asking import actor_of, record
from ansinh.web.staff.readings import readers
from ansinh.web.ui import export
from ansinh.web.ui.tables import Column, Table, choice
from ansinh.web.ui.tables import search as box
from ansinh.web.ui.words import coefficient, place


@rule("employer.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách đơn vị with what each still owes by its newest statement."""
    actor = actor_of(request)
    newest = Statement.objects.filter(employer_id=OuterRef("pk")).order_by("-month", "-version")
    today = timezone.localdate()
    status = EmployerStatus.objects.filter(employer=OuterRef("pk"), valid_from__lte=today).exclude(
        valid_to__lt=today
    )
    rows = (
        access.employers(actor)
        .select_related("office", "officer")
        .annotate(
            workers=Subquery(newest.values("workers")[:1]),
            short=Subquery(newest.values("short")[:1]),
            late=Subquery(newest.annotate(x=F("short_late") + F("short_evaded")).values("x")[:1]),
            state=Subquery(status.values("state")[:1]),
        )
    )
    labels = dict(EmployerStatus.State.choices)
    drawn = Table(
        request,
        name="employers",
        caption=_("Đơn vị"),
        rows=rows,
        columns=[
            Column(
                "name",
                _("Tên đơn vị"),
                sort="name_sort",
                frozen=True,
                url=lambda e: reverse("employer", args=[e.pk]),
            ),
            Column("unit_code", _("Mã đơn vị"), "code", sort="unit_code"),
            Column("workers", _("Lao động"), "number", sort="workers"),
            Column("short", _("Còn phải đóng"), "money", sort="short"),
            Column("late", _("Chậm, trốn đóng"), "money", sort="late"),
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
            choice("co-quan", _("Cơ quan quản lý"), _offices(actor), "office_id"),
            choice("tinh-trang", _("Tình trạng"), EmployerStatus.State.choices, "state"),
        ],
        sort="name",
    )
    if drawn.export_asked:
        reading.record(
            actor,
            subject="list",
            subject_id=0,
            purpose=_("Xuất danh sách đơn vị"),
            address=request.get_full_path(),
        )
        return export.workbook(drawn)
    return render(request, "staff/employers.html", {"table": drawn})


@rule("employer.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Trang đơn vị."""
    actor = actor_of(request)
    employer: Employer = record(request, access.employer, pk, request.GET.get("muc-dich") or _("Quản lý thu"))
    statements = months.statements_of(employer)
    newest = statements[0] if statements else None
    month = Month.from_index(newest.month) if newest else Month.of(timezone.localdate())
    people = Table(
        request,
        name="workers",
        caption=_("Người tham gia"),
        rows=Participation.objects.filter(
            employer=employer, scheme=Participation.Scheme.COMPULSORY, from_month__lte=month.index
        )
        .exclude(to_month__lt=month.index)
        .select_related("person"),
        columns=[
            Column(
                "name",
                _("Họ và tên"),
                value="person.full_name",
                sort="person__name_sort",
                frozen=True,
                url=lambda s: reverse("person", args=[s.person_id]),
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
    )
    if people.export_asked:
        reading.record(
            actor,
            subject="list",
            subject_id=employer.pk,
            purpose=_("Xuất danh sách người tham gia"),
            address=request.get_full_path(),
        )
        return export.workbook(people)
    kept = history.changes("employer", [employer.pk]) if actor.may("history.read") else []
    context = {
        "employer": employer,
        "facts": facts(employer),
        "statements": statements,
        "newest": newest,
        "month": month,
        "people": people,
        "status": next(iter(selectors.statuses(employer)), None),
        "statuses": selectors.statuses(employer),
        "receipts": Receipt.objects.filter(employer=employer).order_by("-value_on", "-pk")[:24],
        "urges": Urge.objects.filter(employer=employer).order_by("-month"),
        "changes": changes.events(kept),
        "readings": readers("employer", employer.pk) if actor.may("history.read") else [],
        "crumbs": [(_("Đơn vị"), reverse("employers")), (employer.name, "")],
        "may_see_history": actor.may("history.read"),
        "may_edit": actor.may("employer.edit"),
    }
    return render(request, "staff/employer.html", context)


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


def _offices(actor: Any) -> list[tuple[str, str]]:
    found = Unit.objects.filter(kind=Unit.Kind.BASE_OFFICE, valid_to__isnull=True)
    return [
        (str(u.pk), u.name) for u in found.filter(actor.within("employer.read", "path")).order_by("name_sort")
    ]
