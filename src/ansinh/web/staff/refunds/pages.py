"""Hoàn trả C16-TS: prepared by one officer, approved by another; whoever wrote any of it sees why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.collection import access
from ansinh.collection.models import Receipt, Refund
from ansinh.collection.refunds import casework as cases
from ansinh.collection.refunds import notice, selectors, services
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.money import format_dong
from ansinh.office import hands
from ansinh.office.cases import overview, procedures
from ansinh.office.reading import Purpose
from ansinh.office.rights import Actor
from ansinh.registers import access as registers
from ansinh.registers.models import Employer
from ansinh.web.gate import rule
from ansinh.web.staff import asked, casework
from ansinh.web.staff.asking import actor_of, key, opened
from ansinh.web.staff.doors import employers_found, english
from ansinh.web.staff.refunds import tables
from ansinh.web.ui import export
from ansinh.web.ui.fields import MoneyField, said


@rule("receipt.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách hoàn trả."""
    actor = actor_of(request)
    drawn = tables.refunds(
        request,
        selectors.in_scope(actor),
        filters=[tables.states()],
        sort="-prepared_at",
        empty=_("Chưa có hoàn trả nào"),
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    context = {
        "table": drawn,
        "may_prepare": actor.somewhere("refund.prepare"),
        "crumbs": [(_("Tiền nộp"), reverse("receipts")), (_("Hoàn trả"), "")],
    }
    return render(request, "staff/refunds/list.html", context)


class PrepareForm(forms.Form):
    """Lập hoàn trả."""

    amount = MoneyField(label=gettext_lazy("Số tiền hoàn trả"), minimum=1)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=services.REASON_MAX, widget=forms.Textarea(attrs={"rows": 3})
    )
    payee = forms.CharField(label=gettext_lazy("Người nhận"), max_length=120)
    bank_account = forms.CharField(
        label=gettext_lazy("Tài khoản nhận"),
        max_length=60,
        help_text=gettext_lazy("Số tài khoản, ngân hàng."),
    )


AMOUNT_CODES = frozenset({"refund.amount", "refund.whole", "refund.most"})


@rule("refund.prepare")
def prepare(request: HttpRequest) -> HttpResponse:
    """Lập hoàn trả của một khoản tiền (`?khoan=`) hoặc số dư của một đơn vị (`?don-vi=`)."""
    actor = actor_of(request)
    receipt, employer = _source(request)
    if receipt is None and employer is None:
        if asked.posted(request):
            return asked.away(request)
        text = asked.text(request)
        found = {
            "text": text,
            "hits": employers_found(actor, text),
            "crumbs": [*_crumbs(), (_("Lập hoàn trả"), "")],
        }
        return render(request, "staff/refunds/source.html", found)
    form = PrepareForm(request.POST or None, initial=_initial(receipt, employer))
    if form.is_bound and form.is_valid():
        try:
            refund = services.prepare(actor=actor, receipt=receipt, employer=employer, **form.cleaned_data)
        except BilingualError as error:
            form.add_error("amount" if error.code in AMOUNT_CODES else None, said(error))
        else:
            messages.success(request, _("Đã lập hoàn trả; người khác duyệt."))
            return redirect("refund", pk=refund.pk)
    bound = services.left_of(receipt, employer)
    context = {
        "form": form,
        "receipt": receipt,
        "employer": employer,
        "most": bound.most,
        "because": in_words(bound.because),
        "crumbs": [*_crumbs(), (_("Lập hoàn trả"), "")],
    }
    return render(request, "staff/refunds/prepare.html", context)


def _source(request: HttpRequest) -> tuple[Receipt | None, Employer | None]:
    """Where the money comes from, as the address names it."""
    of_receipt, of_employer = key(request.GET.get("khoan")), key(request.GET.get("don-vi"))
    if of_receipt is not None:
        receipt = opened(request, access.receipt, of_receipt, "refund.prepare")
        return receipt, receipt.employer if receipt.state == Receipt.State.MATCHED else None
    if of_employer is None:
        return None, None
    purpose = Purpose.REFUND
    return None, opened(request, registers.employer, of_employer, purpose=purpose, verb="refund.prepare")


def _initial(receipt: Receipt | None, employer: Employer | None) -> dict[str, Any]:
    if receipt is not None and employer is None:
        return {
            "amount": receipt.amount,
            "payee": receipt.payer_name,
            "bank_account": receipt.payer_account,
            "reason": _("Chuyển nhầm, không xác định được đơn vị"),
        }
    known = {"payee": employer.name} if employer else {}
    if receipt is not None:
        known |= {"amount": str(receipt.amount), "bank_account": receipt.payer_account}
    return known


class AssessForm(forms.Form):
    """Xác định số tiền của hoàn trả lập tự động."""

    amount = MoneyField(label=gettext_lazy("Số tiền hoàn trả"), minimum=1)
    bank_account = forms.CharField(label=gettext_lazy("Tài khoản nhận"), max_length=60, required=False)


class RefuseForm(forms.Form):
    """Không duyệt: the reason."""

    reason = forms.CharField(label=gettext_lazy("Lý do không duyệt"), max_length=120)


@rule("receipt.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Một hoàn trả: who prepared it, who approves it."""
    return _page(request, opened(request, access.refund, pk, "receipt.read"))


def _page(
    request: HttpRequest,
    refund: Refund,
    *,
    assess: AssessForm | None = None,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    waits = refund.state == Refund.State.PREPARED
    may_assess = waits and refund.declaration_id is not None and actor.may("refund.prepare", at=refund)
    initial = {"amount": refund.amount or None, "bank_account": refund.bank_account}
    context = {
        "refund": refund,
        "tone": tables.TONES[refund.state],
        "facts": facts(actor, refund),
        "seen": services.as_seen(refund),
        "prepared": {"name": refund.prepared_by or _("phần mềm"), "at": refund.prepared_at},
        "approved": _decided(refund),
        "reason": _why_not(actor, refund),
        "waits": waits,
        "assess": (assess or AssessForm(initial=initial, prefix="xac-dinh")) if may_assess else None,
        "because": in_words(refund.because),
        "refuse": refuse or RefuseForm(),
        "form": assess or refuse,
        "notice": notice.vssid(refund),
        "case": casework.panel(request, services.THING, refund.pk),
        "crumbs": [*_crumbs(), (str(refund.payee), "")],
    }
    return render(request, "staff/refunds/refund.html", context)


def _decided(refund: Refund) -> dict[str, Any] | None:
    """Who decided, one way or the other, and when."""
    done = [h for h in hands.of(services.THING, refund.pk) if h.part == hands.Part.DECIDER]
    return {"name": str(done[-1].user), "at": done[-1].at} if done else None


def in_words(because: Iterable[Sequence[str]]) -> list[str]:
    """How a bound was found, in the reader's language."""
    return [en if english() else vi for vi, en in because]


def _why_not(actor: Actor, refund: Refund) -> str:
    """Why this reader has no button; empty when they have."""
    if refund.state != Refund.State.PREPARED:
        return ""
    if not actor.may("refund.approve", at=refund):
        return _("Chờ người có quyền duyệt; tài khoản này không có quyền duyệt hoàn trả.")
    if hands.made(actor, services.THING, refund.pk):
        return _("Ông/bà đã lập hoặc sửa hoàn trả này nên không được duyệt; người khác phải duyệt.")
    case = cases.of(refund)
    if overview.waits_now(case):
        return _("Chưa duyệt được: hồ sơ đang chờ.")
    if refund.amount <= 0:
        return _("Chưa duyệt được: chưa xác định số tiền.")
    if not refund.bank_account:
        return _("Chưa duyệt được: thiếu tài khoản nhận.")
    if case.step != procedures.of(case.procedure).deciding.code:
        return _("Chưa duyệt được: số tiền phải được xem lại.")
    return ""


@rule("refund.prepare")
@require_POST
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Xác định số tiền."""
    refund = opened(request, access.refund, pk, "refund.prepare")
    form = AssessForm(request.POST, prefix="xac-dinh")
    if form.is_valid():
        try:
            services.assess(actor=actor_of(request), refund=refund, **form.cleaned_data)
        except BilingualError as error:
            form.add_error("amount" if error.code in AMOUNT_CODES else None, said(error))
        else:
            messages.success(request, _("Đã xác định số tiền hoàn trả."))
            return redirect("refund", pk=pk)
    return _page(request, refund, assess=form)


@rule("refund.approve")
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Duyệt và ghi sổ: after the interruption, which shows everything that is decided."""
    actor = actor_of(request)
    refund = opened(request, access.refund, pk, "refund.approve")
    if not request.POST.get("confirmed"):
        reason = _why_not(actor, refund)
        if reason or refund.state != Refund.State.PREPARED:
            messages.error(request, reason or _("Hoàn trả này không còn chờ duyệt."))
            return redirect("refund", pk=pk)
        context = {
            "refund": refund,
            "facts": facts(actor, refund),
            "seen": services.as_seen(refund),
            "crumbs": [*_crumbs(), (str(refund.payee), "")],
        }
        return render(request, "staff/refunds/confirm.html", context)
    try:
        services.approve(actor=actor, refund=refund, seen=request.POST.get("seen", ""))
    except BilingualError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã duyệt và ghi sổ hoàn trả."))
    return redirect("refund", pk=pk)


@rule("refund.approve")
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Không duyệt."""
    refund = opened(request, access.refund, pk, "refund.approve")
    form = RefuseForm(request.POST)
    if form.is_valid():
        try:
            services.refuse(
                actor=actor_of(request),
                refund=refund,
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
            )
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã từ chối hoàn trả."))
            return redirect("refund", pk=pk)
    return _page(request, refund, refuse=form)


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Tiền nộp"), reverse("receipts")), (_("Hoàn trả"), reverse("refunds"))]


ACTS = {
    "prepare": gettext_lazy("lập"),
    "assess": gettext_lazy("xác định số tiền"),
    "receive": gettext_lazy("nhận hồ sơ"),
    "ask": gettext_lazy("đề nghị ghi nhận"),
    "book": gettext_lazy("ghi nhận hồ sơ"),
}


def facts(actor: Actor, refund: Refund) -> list[dict[str, Any]]:
    """Everything that is decided with a refund: money and to whom, why, from what, within what, by whom."""
    makers = [h for h in hands.of(services.THING, refund.pk) if h.part == hands.Part.MAKER]
    did = dict.fromkeys(f"{h.user} ({ACTS.get(h.act, h.act)})" for h in makers)
    rows: list[dict[str, Any]] = [
        {
            "label": _("Số tiền"),
            "value": refund.amount or _("Chưa xác định"),
            "kind": "money" if refund.amount else "text",
        },
        {
            "label": _("Nhiều nhất"),
            "value": format_dong(refund.most, unit=True),
            "note": " ".join(in_words(refund.because)),
        },
        {"label": _("Người nhận"), "value": refund.payee},
        {"label": _("Tài khoản nhận"), "value": refund.bank_account},
        {"label": _("Lý do"), "value": refund.reason},
        {"label": _("Tài khoản sổ cái"), "value": refund.account, "kind": "code"},
        {"label": _("Cơ quan"), "value": refund.office.name},
        {"label": _("Người lập, sửa"), "value": ", ".join(did) or _("phần mềm")},
    ]
    if refund.employer:
        url = reverse("employer", args=[refund.employer.pk])
        sees = actor.may("employer.read", at=refund.employer)
        rows.append({"label": _("Đơn vị"), "value": refund.employer.name, "url": url if sees else ""})
    if refund.person:
        url = reverse("person", args=[refund.person.pk])
        sees = actor.may("person.read", at=refund.person)
        rows.append(
            {"label": _("Người tham gia"), "value": refund.person.full_name, "url": url if sees else ""}
        )
    if refund.receipt:
        url = reverse("receipt", args=[refund.receipt.pk])
        sees = actor.may("receipt.read", at=refund.receipt)
        rows.append({"label": _("Khoản tiền"), "value": refund.receipt.reference, "url": url if sees else ""})
    if refund.declaration:
        url = reverse("declaration", args=[refund.declaration.pk])
        sees = actor.may("declaration.read", at=refund.declaration)
        rows.append({"label": _("Hồ sơ"), "value": f"#{refund.declaration.pk}", "url": url if sees else ""})
    if refund.month:
        rows.append({"label": _("Ghi vào kỳ"), "value": refund.month, "kind": "month"})
    return rows
