"""Hồ sơ thu: the list, taking a file in, one declaration with its errors and preview, booking, returning."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.collection import access
from ansinh.collection.declarations import limits, reader, selectors, services, storage
from ansinh.collection.declarations.findings import Finding, Level
from ansinh.collection.declarations.preview import Preview
from ansinh.collection.models import Declaration
from ansinh.forms.intake import inert
from ansinh.forms.intake.layouts import layout
from ansinh.forms.intake.limits import DEFAULT_LIMITS, MEGABYTE, check_size
from ansinh.kernel.errors import BilingualError
from ansinh.office import documents, hands
from ansinh.office.rights import Actor
from ansinh.registers import access as registers
from ansinh.web.gate import rule
from ansinh.web.staff import casework
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.declarations import previews, tables
from ansinh.web.staff.doors import english
from ansinh.web.ui import export
from ansinh.web.ui.export import XLSX
from ansinh.web.ui.fields import said

KINDS = (".xlsx", ".xls", ".xlsb", ".csv")


@rule("declaration.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách hồ sơ thu."""
    actor = actor_of(request)
    filters = [tables.states(), tables.sources(), tables.received()]
    drawn = tables.declarations(
        request, selectors.in_scope(actor), filters=filters, sort="-received_at", empty=_("Chưa có hồ sơ nào")
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    context = {"table": drawn, "may_receive": actor.somewhere("declaration.receive")}
    return render(request, "staff/declarations/list.html", context)


class UploadForm(forms.Form):
    """Nhận tệp: the list, and the employer when the file does not name it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp danh sách D02-LT"),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"empty": gettext_lazy("Tệp trống.")},
    )
    unit_code = forms.CharField(
        label=gettext_lazy("Mã đơn vị"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Chỉ cần khi tệp không ghi mã đơn vị."),
    )
    unit_code.kind = "code"  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """Size and kind, before anybody reads the bytes."""
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in KINDS:
            raise forms.ValidationError(_("Chỉ nhận tệp xlsx, xls, xlsb hoặc csv."))
        try:
            check_size(file.size)
        except BilingualError as error:
            raise forms.ValidationError(said(error)) from error
        return file

    def clean_unit_code(self) -> str:
        """Spaces are nobody's business."""
        return "".join(self.cleaned_data["unit_code"].split()).upper()


@rule("declaration.receive")
def upload(request: HttpRequest) -> HttpResponse:
    """Nhận tệp D02-LT: read, checked, kept; nothing changes before somebody confirms."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        started = timezone.now()
        try:
            taken = _take(request, form.cleaned_data)
        except BilingualError as error:
            form.add_error("unit_code" if error.code == "declaration.employer" else "file", said(error))
        except ObjectDoesNotExist:
            form.add_error("unit_code", _("Không có đơn vị mã này thuộc phạm vi quản lý."))
        else:
            if taken.received_at < started:
                messages.info(request, _("Nội dung này đã nhận trước đây; không có gì thay đổi."))
            return redirect("declaration", pk=taken.pk)
    context = {
        "form": form,
        "most": DEFAULT_LIMITS.size // MEGABYTE,
        "rows": DEFAULT_LIMITS.rows,
        "crumbs": [(_("Hồ sơ thu"), reverse("declarations")), (_("Nhận tệp D02-LT"), "")],
    }
    return render(request, "staff/declarations/upload.html", context)


def _take(request: HttpRequest, given: dict[str, Any]) -> Declaration:
    actor = actor_of(request)
    code = given["unit_code"]
    employer = registers.employer_by_code(actor, code, verb=services.HAND_IN) if code else None
    return services.receive(
        actor=actor, employer=employer, data=given["file"].read(), file_name=given["file"].name
    )


@rule("declaration.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Một hồ sơ: what is wrong and where, what would change in people and money."""
    actor = actor_of(request)
    declaration = opened(request, access.declaration, pk, "declaration.read")
    found = reader.findings(actor, declaration)
    shown = services.preview(declaration, actor)
    people = previews.people(request, shown)
    if people.export_asked:
        return export.workbook(people)
    errors = [f for f in found if f.level == Level.ERROR]
    is_open = declaration.state in selectors.PENDING
    context = {
        "declaration": declaration,
        "title": tables.title(declaration),
        "tone": tables.tone(declaration),
        "due": tables.remaining(declaration),
        "facts": _facts(actor, declaration),
        "errors": len(errors),
        "returned": _return_reason(found),
        "problems": previews.problems(found, storage.rows(declaration) if found else ()),
        "marked": sum(f.level in {Level.ERROR, Level.RETURNED} for f in found),
        "preview": shown,
        "counts": previews.counts(shown),
        "outcomes": previews.outcomes(shown),
        "people": people,
        "money": previews.money(shown),
        "case": casework.panel(request, services.THING, declaration.pk),
        "may_book": declaration.state == Declaration.State.CHECKED
        and actor.may("declaration.book", at=declaration),
        "may_answer": is_open and actor.may("declaration.receive", at=declaration),
        "crumbs": _crumbs(declaration, last=True),
    }
    return render(request, "staff/declarations/declaration.html", context)


@rule("declaration.receive")
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Kiểm tra lại: with the record as it stands now."""
    declaration = opened(request, access.declaration, pk, "declaration.receive")
    services.check(actor=actor_of(request), declaration=declaration)
    messages.success(request, _("Đã kiểm tra lại với dữ liệu hiện có."))
    return redirect("declaration", pk=pk)


@rule("declaration.book")
def book(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ghi nhận: the answers once more, then one transaction. Above the limits a maker asks, another books."""
    actor = actor_of(request)
    declaration = opened(request, access.declaration, pk, "declaration.book")
    if request.method == "POST":
        seen, asks = request.POST.get("seen", ""), request.POST.get("action") == "ask"
        act, done = (
            (services.ask, _("Đã đề nghị ghi nhận; người khác ghi nhận hồ sơ."))
            if asks
            else (services.book, _("Đã ghi nhận hồ sơ."))
        )
        try:
            act(actor=actor, declaration=declaration, seen=seen)
        except BilingualError as error:
            messages.error(request, said(error))
            return redirect("declaration_book" if error.code == "hands.changed" else "declaration", pk=pk)
        messages.success(request, done)
        return redirect("declaration", pk=pk)
    if declaration.state != Declaration.State.CHECKED:
        return redirect("declaration", pk=pk)
    found = reader.findings(actor, declaration)
    shown = services.preview(declaration, actor)
    people = previews.people(request, shown)
    if people.export_asked:
        return export.workbook(people)
    context = {
        "declaration": declaration,
        "people": people,
        "sections": previews.answers(declaration, shown),
        "preview": shown,
        "warnings": previews.problems([f for f in found if f.level == Level.WARNING]),
        "left_out": sum(shown.outcomes.get(o, 0) for o in ("returned", "no_change")),
        "seen": services.as_seen(declaration),
        **_two_people(actor, declaration, shown),
        "crumbs": [*_crumbs(declaration), (_("Ghi nhận"), "")],
    }
    return render(request, "staff/declarations/book.html", context)


def _two_people(actor: Actor, declaration: Declaration, shown: Preview) -> dict[str, Any]:
    """Whether it takes a second person and why, who wrote it, and what this reader may do."""
    second = services.second_person(declaration)
    made = hands.made(actor, services.THING, declaration.pk)
    reason = ""
    if shown.needs_director and not actor.may("declaration.approve_back", at=declaration):
        reason = _("Có truy thu thuộc thẩm quyền giám đốc: giám đốc ghi nhận hồ sơ này.")
    elif second and made:
        reason = _("Ông/bà đã nhận, sửa hoặc đề nghị hồ sơ này nên không được ghi nhận; người khác ghi nhận.")
    done = hands.of(services.THING, declaration.pk)
    asked = next((hand for hand in done if hand.act == "ask"), None)
    return {
        "second": [words.en if english() else words.vi for words in second],
        "limits": limits.Limits.of(declaration.office),
        "hands": [hand for hand in done if hand.part == hands.Part.MAKER],
        "why_not": reason,
        "asked": asked,
        "may_ask": bool(second)
        and asked is None
        and bool(reason)
        and actor.may("declaration.receive", at=declaration),
    }


class ReturnForm(forms.Form):
    """Trả lại: the reason, in words the employer understands."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do trả lại"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text=gettext_lazy("Viết để đơn vị hiểu phải sửa gì: cột nào, người nào, giấy tờ nào."),
    )


@rule("declaration.receive")
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Trả lại hồ sơ kèm lý do."""
    declaration = opened(request, access.declaration, pk, "declaration.receive")
    if declaration.state not in selectors.PENDING:
        return redirect("declaration", pk=pk)
    errors = [f for f in reader.findings(actor_of(request), declaration) if f.level == Level.ERROR]
    form = ReturnForm(request.POST or None, initial={"reason": _suggested(errors)})
    if form.is_bound and form.is_valid():
        try:
            services.return_(
                actor=actor_of(request),
                declaration=declaration,
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
            )
        except BilingualError as error:
            form.add_error("reason", said(error))
        else:
            messages.success(request, _("Đã trả lại hồ sơ."))
            return redirect("declaration", pk=pk)
    context = {
        "form": form,
        "declaration": declaration,
        "title": tables.title(declaration),
        "seen": services.as_seen(declaration),
        "crumbs": [*_crumbs(declaration), (_("Trả lại"), "")],
    }
    return render(request, "staff/declarations/return.html", context)


@rule("declaration.read")
def annotated(request: HttpRequest, pk: int) -> HttpResponse:
    """Tải chính tệp ấy với cột “Lỗi” màu đỏ."""
    declaration = opened(request, access.declaration, pk, "declaration.read")
    data = services.annotated_file(actor=actor_of(request), declaration=declaration)
    return _file(data, f"loi-{pk}.xlsx", XLSX)


@rule("declaration.read")
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """Tải tệp đơn vị đã nộp: a copy that holds values only; what was handed in is kept as it was."""
    declaration = opened(request, access.declaration, pk, "declaration.read")
    attached = documents.of(services.THING, declaration.pk)
    if attached is None:
        raise Http404
    reader.note(actor_of(request), declaration)
    data = inert.values_copy(documents.content(attached.document), declaration.file_name)
    return _file(data, f"D02-LT-{pk}.xlsx", XLSX)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _crumbs(declaration: Declaration, *, last: bool = False) -> list[tuple[str, str]]:
    here = "" if last else reverse("declaration", args=[declaration.pk])
    return [(_("Hồ sơ thu"), reverse("declarations")), (tables.title(declaration), here)]


def _facts(actor: Actor, declaration: Declaration) -> list[dict[str, Any]]:
    employer = declaration.employer
    sees = employer is not None and actor.may("employer.read", at=declaration)
    return [
        {
            "label": _("Đơn vị"),
            "value": employer.name if employer else "",
            "url": reverse("employer", args=[employer.pk]) if employer and sees else "",
        },
        {"label": _("Mã đơn vị"), "value": employer.unit_code if employer else "", "kind": "code"},
        {"label": _("Số, ngày của danh sách"), "value": _numbered(declaration)},
        {"label": _("Kỳ thu"), "value": declaration.month, "kind": "month"},
        {"label": _("Hạn trả lời"), "value": declaration.due_on, "kind": "date"},
        {"label": _("Tên tệp"), "value": declaration.file_name or _("nhập trên lưới")},
        *(
            [{"label": _("SHA-256 của tệp đã nộp"), "value": digest, "kind": "code"}]
            if (digest := selectors.file_digest(declaration))
            else []
        ),
    ]


def _numbered(declaration: Declaration) -> str:
    day = f"{declaration.dated_on:%d/%m/%Y}" if declaration.dated_on else ""
    return ", ".join(part for part in (declaration.number, day) if part)


def _return_reason(found: list[Finding]) -> str:
    return next((f.vi for f in found if f.code == "declaration.returned"), "")


def _suggested(errors: list[Finding]) -> str:
    """A reason to start from: the first errors by their place."""
    lines = []
    for finding in errors[:10]:
        column = layout("d02-lt").column(finding.column).title if finding.column else ""
        place = " – ".join(part for part in (finding.cell, column) if part)
        lines.append(f"{place}: {finding.vi}" if place else finding.vi)
    more = len(errors) - len(lines)
    if more > 0:
        lines.append(_("… và %(more)s lỗi khác, xem cột “Lỗi” trong tệp kèm theo.") % {"more": more})
    return "\n".join(lines)
