"""Tiền nộp: receipts by state, bank statements in, and the matching of money that nobody claimed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.collection import access
from ansinh.collection.models import Receipt
from ansinh.collection.month import selectors as months
from ansinh.collection.receipts import selectors, services
from ansinh.forms.intake.limits import DEFAULT_LIMITS, MEGABYTE, check_size
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.rights import Actor
from ansinh.registers import access as registers
from ansinh.registers.selectors import province_of
from ansinh.web.gate import rule
from ansinh.web.staff import tables
from ansinh.web.staff.asking import actor_of, key, opened
from ansinh.web.staff.doors import employers_found, english
from ansinh.web.ui import export
from ansinh.web.ui.fields import said

KINDS = (".xml", ".xlsx", ".xls", ".xlsb", ".csv")
PROBLEMS_SHOWN = 50


@rule("receipt.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách khoản tiền thu."""
    actor = actor_of(request)
    drawn = tables.receipts(
        request,
        selectors.in_scope(actor),
        filters=[tables.receipt_states(), tables.paid()],
        sort="-value_on",
        empty=_("Chưa có khoản tiền nào"),
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    waiting = selectors.unmatched(actor).first()
    context = {
        "table": drawn,
        "may_read_file": actor.somewhere("bank.read_file"),
        "next_url": reverse("receipt", args=[waiting.pk]) if waiting else "",
    }
    return render(request, "staff/receipts.html", context)


class StatementForm(forms.Form):
    """Nạp sao kê: the account, the accounting month, the file."""

    account = forms.TypedChoiceField(label=gettext_lazy("Tài khoản chuyên thu"), coerce=int)
    file = forms.FileField(
        label=gettext_lazy("Tệp sao kê"),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        error_messages={"empty": gettext_lazy("Tệp trống.")},
    )

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["account"])
        field.choices = [(a.pk, f"{a.number} | {a.bank} | {a.office.name}") for a in accounts]

    def clean_file(self) -> Any:
        """The size, before anybody reads the bytes; the kind is told by the contents."""
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except BilingualError as error:
            raise forms.ValidationError(said(error)) from error
        return file


@rule("bank.read_file")
def upload(request: HttpRequest) -> HttpResponse:
    """Nạp một sao kê vào kỳ đang mở."""
    actor = actor_of(request)
    accounts = registers.accounts(actor, "bank.read_file")
    form = StatementForm(request.POST or None, request.FILES or None, accounts=accounts)
    problems: list[dict[str, str]] = []
    if form.is_bound and form.is_valid():
        account = opened(request, access.account, form.cleaned_data["account"], "bank.read_file")
        file = form.cleaned_data["file"]
        try:
            month = _open_month(account)
            read = services.read_bank_file(
                actor=actor, account=account, data=file.read(), file_name=file.name, month=month
            )
        except BilingualError as error:
            form.add_error("file", said(error))
            found = getattr(error, "problems", ())[:PROBLEMS_SHOWN]
            problems = [
                {"cell": p.cell, "value": p.value, "words": p.en if english() else p.vi} for p in found
            ]
        else:
            return redirect("receipt_file", pk=read.pk)
    context = {
        "form": form,
        "problems": problems,
        "most": DEFAULT_LIMITS.size // MEGABYTE,
        "crumbs": [(_("Tiền nộp"), reverse("receipts")), (_("Nạp sao kê"), "")],
    }
    return render(request, "staff/receipt_upload.html", context)


def _open_month(account: Any) -> Month:
    """The open month of the account's province. Raises ReceiptError when there is none."""
    month = months.current_month(province_of(account.office))
    if month is None:
        raise services.ReceiptError("Chưa mở kỳ thu.", "No month is open.", code="bank.month")
    return month


@rule("receipt.read")
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Kết quả đọc một sao kê: how many are new, matched, left, and the receipts themselves."""
    actor = actor_of(request)
    read = opened(request, access.bank_file, pk, "receipt.read")
    rows = selectors.in_scope(actor).filter(bank_file=read)
    drawn = tables.receipts(
        request, rows, filters=[tables.receipt_states()], caption=_("Khoản tiền trong sao kê")
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    counts = read.counts
    context = {
        "file": read,
        "table": drawn,
        "counts": counts,
        "next_url": _next_url(actor, None) if counts.get("suspense") else "",
        "crumbs": [
            (_("Tiền nộp"), reverse("receipts")),
            (_("Sao kê %(name)s") % {"name": read.file_name}, ""),
        ],
    }
    return render(request, "staff/receipt_file.html", context)


@rule("receipt.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Một khoản tiền; when nobody knows whose, the matching screen with ranked proposals."""
    actor = actor_of(request)
    receipt = opened(request, access.receipt, pk, "receipt.read")
    waits = receipt.state == Receipt.State.SUSPENSE
    may_match = waits and actor.may("receipt.match", at=receipt)
    if request.method == "POST":
        return _match(request, receipt)
    text = request.GET.get("q", "").strip()
    context = {
        "receipt": receipt,
        "facts": _facts(actor, receipt),
        "tone": tables.RECEIPT_TONES[receipt.state],
        "waits": waits,
        "may_match": may_match,
        "proposals": _proposals(receipt) if may_match else [],
        "text": text,
        "hits": employers_found(actor, text) if may_match else [],
        "left": selectors.unmatched(actor).count() if may_match else 0,
        "skip_url": _next_url(actor, receipt) if may_match else "",
        "may_refund": actor.may("refund.prepare", at=receipt) and receipt.state != Receipt.State.REFUNDED,
        "crumbs": _crumbs(receipt),
    }
    return render(request, "staff/receipt.html", context)


def _match(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Match, and go on to the next one; an employer nobody proposed is asked about first."""
    actor = actor_of(request)
    chosen = key(request.POST.get("employer"))
    found = registers.employers(actor, "receipt.match").filter(pk=chosen) if chosen is not None else None
    employer = found.first() if found is not None else None
    if employer is None:
        messages.error(request, _("Chọn một đơn vị thuộc phạm vi quản lý."))
        return redirect("receipt", pk=receipt.pk)
    reasons: list[str] = next(
        (p["reasons"] for p in _proposals(receipt) if p["employer"].pk == employer.pk), []
    )
    if not reasons and not request.POST.get("confirmed") and receipt.state == Receipt.State.SUSPENSE:
        context = {"receipt": receipt, "employer": employer, "crumbs": _crumbs(receipt)}
        return render(request, "staff/receipt_confirm.html", context)
    note = "; ".join(reasons) or _("Viên chức chọn đơn vị, không có căn cứ tự động")
    try:
        services.match(actor=actor, receipt=receipt, employer=employer, note=note)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("receipt", pk=receipt.pk)
    messages.success(
        request,
        _("Đã khớp %(amount)s đ với %(name)s.")
        % {"amount": f"{receipt.amount:,}".replace(",", "."), "name": employer.name},
    )
    following = _next_url(actor, receipt)
    return redirect(following or "receipts")


def _next_url(actor: Actor, receipt: Receipt | None) -> str:
    """The receipt waiting after this one, round to the oldest; empty when none is left."""
    waiting = selectors.unmatched(actor)
    if receipt is None:
        following = waiting.first()
    else:
        others = waiting.exclude(pk=receipt.pk)
        after = Q(value_on__gt=receipt.value_on) | Q(value_on=receipt.value_on, pk__gt=receipt.pk)
        following = others.filter(after).first() or others.first()
    return reverse("receipt", args=[following.pk]) if following else ""


def _proposals(receipt: Receipt) -> list[dict[str, Any]]:
    """Proposals with their reasons in the reader's language."""
    return [
        {
            "employer": p.employer,
            "score": p.score,
            "reasons": [r.en if english() else r.vi for r in p.reasons],
        }
        for p in services.proposals(receipt)
    ]


def _crumbs(receipt: Receipt) -> list[tuple[str, str]]:
    return [(_("Tiền nộp"), reverse("receipts")), (receipt.reference, "")]


def _facts(actor: Actor, receipt: Receipt) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": _("Số tiền"), "value": receipt.amount, "kind": "money"},
        {"label": _("Ngày giá trị"), "value": receipt.value_on, "kind": "date"},
        {"label": _("Nội dung chuyển tiền"), "value": receipt.text},
        {"label": _("Người chuyển"), "value": receipt.payer_name},
        {"label": _("Tài khoản chuyển"), "value": receipt.payer_account, "kind": "code"},
        {"label": _("Tài khoản nhận"), "value": str(receipt.account)},
        {"label": _("Số chứng từ"), "value": receipt.reference, "kind": "code"},
    ]
    if receipt.employer:
        rows += [
            {
                "label": _("Đơn vị"),
                "value": receipt.employer.name,
                "url": reverse("employer", args=[receipt.employer.pk])
                if actor.may("employer.read", at=receipt.employer)
                else "",
            },
            {"label": _("Ghi vào kỳ"), "value": receipt.matched_month, "kind": "month"},
            {"label": _("Căn cứ khớp"), "value": receipt.match_note},
            {"label": _("Người khớp"), "value": str(receipt.matched_by or _("phần mềm"))},
        ]
    return rows
