"""Tiền nộp: receipts by state, bank statements in, and the matching of money that nobody claimed.

A statement that no balance proves is shown entry by entry to somebody else, who confirms or refuses it.
"""

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
from django.views.decorators.http import require_POST

from ansinh.collection import access
from ansinh.collection.models import BankFile, Receipt
from ansinh.collection.month import selectors as months
from ansinh.collection.receipts import selectors, services
from ansinh.forms.intake.limits import DEFAULT_LIMITS, MEGABYTE, check_size
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import documents, hands
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.registers import access as registers
from ansinh.registers.selectors import province_of
from ansinh.web.gate import rule
from ansinh.web.staff import asked
from ansinh.web.staff.asking import actor_of, key, opened
from ansinh.web.staff.doors import employers_found, english
from ansinh.web.staff.receipts import tables
from ansinh.web.ui import export
from ansinh.web.ui.fields import said
from ansinh.web.ui.tables import Column, Table

KINDS = (".xml", ".xlsx", ".xls", ".xlsb", ".csv")
PROBLEMS_SHOWN = 50
WAITING_SHOWN = 20
FILE_TONES = {"waiting": "yellow", "posted": "", "refused": "red"}


@rule("receipt.read")
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách khoản tiền thu."""
    actor = actor_of(request)
    drawn = tables.receipts(
        request,
        selectors.in_scope(actor),
        filters=[tables.states(), tables.paid()],
        sort="-value_on",
        empty=_("Chưa có khoản tiền nào"),
    )
    if drawn.export_asked:
        return export.workbook(drawn)
    waiting = selectors.unmatched(actor).first()
    context = {
        "table": drawn,
        "may_read_file": actor.somewhere("bank.read_file"),
        "waiting": list(selectors.files_waiting(actor)[:WAITING_SHOWN]),
        "next_url": reverse("receipt", args=[waiting.pk]) if waiting else "",
    }
    return render(request, "staff/receipts/list.html", context)


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
    return render(request, "staff/receipts/upload.html", context)


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
    if read.state == BankFile.State.WAITING:
        return _waiting(request, read)
    rows = selectors.in_scope(actor).filter(bank_file=read)
    drawn = tables.receipts(request, rows, filters=[tables.states()], caption=_("Khoản tiền trong sao kê"))
    if drawn.export_asked:
        return export.workbook(drawn)
    counts = read.counts
    context = {
        "file": read,
        "tone": FILE_TONES[read.state],
        "table": drawn,
        "counts": counts,
        "document": documents.of(services.THING, read.pk),
        "next_url": _next_url(actor, None) if counts.get("suspense") else "",
        "crumbs": _file_crumbs(read),
    }
    return render(request, "staff/receipts/file.html", context)


def _file_crumbs(file: BankFile) -> list[tuple[str, str]]:
    return [(_("Tiền nộp"), reverse("receipts")), (_("Sao kê %(name)s") % {"name": file.file_name}, "")]


class RefuseFileForm(forms.Form):
    """Không nhận sao kê: the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do không nhận"),
        max_length=services.REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _waiting(
    request: HttpRequest, file: BankFile, *, refuse: RefuseFileForm | None = None
) -> HttpResponseBase:
    """Một sao kê chờ người thứ hai: every entry that would be posted, sums, account; who may confirm it."""
    actor = actor_of(request)
    try:
        read = services.waiting(file)
    except BilingualError as error:
        messages.error(request, said(error))
        return redirect("receipts")
    drawn = _entries(request, read)
    if drawn.export_asked:
        return export.workbook(drawn)
    reason = _why_not(actor, file)
    context = {
        "file": file,
        "tone": FILE_TONES[file.state],
        "read": read,
        "table": drawn,
        "facts": [
            {"label": _("Tài khoản chuyên thu"), "value": str(file.account)},
            {"label": _("Cơ quan"), "value": file.account.office.name},
            {"label": _("Số bút toán"), "value": len(read.entries), "kind": "number"},
            {"label": _("Tiền vào, sẽ ghi sổ"), "value": read.credits, "kind": "money"},
            {"label": _("Tiền ra, không ghi"), "value": read.debits, "kind": "money"},
            {"label": _("Ghi vào kỳ"), "value": read.month.index, "kind": "month"},
            {"label": _("Người nạp"), "value": str(file.read_by or "")},
            {"label": "SHA-256", "value": file.digest, "kind": "code"},
        ],
        "reason": reason,
        "seen": services.as_seen(file, read),
        "refuse": refuse or RefuseFileForm(),
        "form": refuse,
        "crumbs": _file_crumbs(file),
    }
    return render(request, "staff/receipts/file_waiting.html", context)


def _entries(request: HttpRequest, read: services.Waiting) -> Table:
    """Các bút toán của sao kê: as the file tells them, with the employer each would be matched to."""
    rows = [
        {"entry": entry, "employer": read.employers.get(place), "place": place}
        for place, entry in enumerate(read.entries)
    ]
    return Table(
        request,
        name="bank-entries",
        caption=_("Bút toán trong sao kê"),
        rows=rows,
        key=lambda r: r["place"],
        columns=[
            Column("booked_on", _("Ngày"), "date", value=lambda r: r["entry"].booked_on, frozen=True),
            Column("in", _("Tiền vào"), "money", value=_money_in),
            Column("out", _("Tiền ra"), "money", value=_money_out),
            Column("payer", _("Người chuyển"), value=lambda r: r["entry"].counterparty_name),
            Column("text", _("Nội dung chuyển tiền"), value=lambda r: r["entry"].text),
            Column("employer", _("Khớp đơn vị"), value=lambda r: r["employer"].name if r["employer"] else ""),
            Column("reference", _("Số chứng từ"), "code", value=lambda r: r["entry"].reference),
            Column("cell", _("Ô"), "code", value=lambda r: r["entry"].place, hidden=True),
        ],
        shows=lambda r: [(Subject.EMPLOYER, r["employer"].pk if r["employer"] else None)],
        purpose=Purpose.MONEY,
        empty=_("Sao kê không có bút toán nào"),
    )  # fmt: skip


def _money_in(row: dict[str, Any]) -> int | None:
    return row["entry"].amount if row["entry"].credit else None


def _money_out(row: dict[str, Any]) -> int | None:
    return None if row["entry"].credit else row["entry"].amount


def _why_not(actor: Actor, file: BankFile) -> str:
    """Why this reader has no button; empty when they have."""
    if not actor.may("bank.confirm", at=file):
        return _("Chờ người có quyền xác nhận sao kê; tài khoản này không có quyền ấy.")
    if hands.made(actor, services.THING, file.pk):
        return _("Ông/bà đã nạp sao kê này nên không được xác nhận; người khác phải xác nhận.")
    return ""


@rule("bank.confirm")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Xác nhận và ghi sổ một sao kê lập bằng tay."""
    read = opened(request, access.bank_file, pk, "bank.confirm")
    try:
        services.confirm(actor=actor_of(request), file=read, seen=request.POST.get("seen", ""))
    except BilingualError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("Đã xác nhận và ghi sổ sao kê."))
    return redirect("receipt_file", pk=pk)


@rule("bank.confirm")
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Không nhận một sao kê lập bằng tay."""
    read = opened(request, access.bank_file, pk, "bank.confirm")
    form = RefuseFileForm(request.POST)
    if form.is_valid():
        try:
            services.refuse(
                actor=actor_of(request),
                file=read,
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
            )
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã không nhận sao kê."))
            return redirect("receipt_file", pk=pk)
    if read.state != BankFile.State.WAITING:
        return redirect("receipt_file", pk=pk)
    return _waiting(request, read, refuse=form)


@rule("receipt.read")
def page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Một khoản tiền; when nobody knows whose, the matching screen with ranked proposals."""
    actor = actor_of(request)
    receipt = opened(request, access.receipt, pk, "receipt.read")
    waits = receipt.state == Receipt.State.SUSPENSE
    may_match = waits and actor.may("receipt.match", at=receipt)
    if asked.posted(request):
        return asked.away(request)
    if request.method == "POST":
        return _match(request, receipt)
    text = asked.text(request)
    context = {
        "receipt": receipt,
        "facts": _facts(actor, receipt),
        "tone": tables.TONES[receipt.state],
        "waits": waits,
        "may_match": may_match,
        "proposals": _proposals(actor, receipt) if may_match else [],
        "text": text,
        "hits": employers_found(actor, text) if may_match else [],
        "left": selectors.unmatched(actor).count() if may_match else 0,
        "skip_url": _next_url(actor, receipt) if may_match else "",
        "may_refund": actor.may("refund.prepare", at=receipt) and receipt.state != Receipt.State.REFUNDED,
        "crumbs": _crumbs(receipt),
    }
    return render(request, "staff/receipts/receipt.html", context)


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
        (p["reasons"] for p in _proposals(actor, receipt) if p["employer"].pk == employer.pk), []
    )
    if not reasons and not request.POST.get("confirmed") and receipt.state == Receipt.State.SUSPENSE:
        context = {"receipt": receipt, "employer": employer, "crumbs": _crumbs(receipt)}
        return render(request, "staff/receipts/confirm.html", context)
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


def _proposals(actor: Actor, receipt: Receipt) -> list[dict[str, Any]]:
    """Proposals with their reasons in the reader's language."""
    return [
        {
            "employer": p.employer,
            "score": p.score,
            "reasons": [r.en if english() else r.vi for r in p.reasons],
        }
        for p in services.proposals(actor=actor, receipt=receipt)
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
