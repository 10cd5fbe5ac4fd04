"""Cơ quan: its address, signer and limits, and the accounts into which employers pay."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.collection.declarations.limits import Limits
from ansinh.kernel.errors import BilingualError
from ansinh.office import hands
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.office.staff import selectors
from ansinh.office.staff import units as services
from ansinh.registers import access
from ansinh.registers import services as registers
from ansinh.registers.models import CollectingAccount
from ansinh.web.gate import rule
from ansinh.web.staff.administration import history, shell
from ansinh.web.staff.administration.forms import CollectingForm, EndForm, ReasonForm, UnitForm
from ansinh.web.staff.asking import actor_of, no_unit
from ansinh.web.ui import export
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.fields import said
from ansinh.web.ui.tables import Column, Table, search

EDIT, CONFIRM = "unit.edit", "unit.confirm"
TONES = {"proposed": "yellow", "confirmed": "green", "refused": "red", "ended": ""}
DATA = ("address", "phone", "signer", "signer_title", "booking_people", "booking_money", "archives_inputs")


@rule(CONFIRM)
def table(request: HttpRequest) -> HttpResponseBase:
    """Cơ quan trong phạm vi."""
    actor = actor_of(request)
    found = Table(
        request,
        name="units",
        caption=_("Cơ quan"),
        rows=selectors.offices(actor, CONFIRM),
        columns=[
            Column(
                "name",
                _("Cơ quan"),
                url=link("admin_unit"),
                sort="name_sort",
                frozen=True,
            ),
            Column("kind", _("Loại"), value=display("kind")),
            Column("address", _("Địa chỉ")),
            Column("phone", _("Điện thoại"), "code"),
            Column("signer", _("Người ký văn bản")),
            Column("signer_title", _("Chức danh")),
        ],
        filters=[search("ten", _("Tên"), "name_fold__contains")],
        empty=_("Không có cơ quan nào"),
    )
    if found.export_asked:
        return export.workbook(found)
    waiting = [a for a in access.collecting(actor, CONFIRM) if _may_decide(actor, a)]
    context = {"table": found, "waiting": [_line(a) for a in waiting]}
    return shell.drawn(request, "units", context, here="units", crumbs=[(_("Cơ quan"), "")])


@rule(CONFIRM)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một cơ quan: its data, its collecting accounts, what was changed."""
    unit, actor = _unit(request, pk, CONFIRM), actor_of(request)
    found = access.collecting(actor, EDIT, CONFIRM).filter(office=unit)
    context = {
        "unit": unit,
        "facts": _facts(unit),
        "accounts": [_line(account) for account in found],
        "may_edit": actor.may(EDIT, at=unit),
        "changes": history.of_row("unit", unit.pk),
    }
    return shell.drawn(request, "unit", context, here="units", crumbs=[*_crumbs(), (unit.name, "")])


@rule(EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sửa thông tin: what will change is shown first."""
    unit, actor = _unit(request, pk, EDIT), actor_of(request)
    form = UnitForm(request.POST or None, initial={name: getattr(unit, name) for name in DATA})
    title = _("Sửa thông tin cơ quan")
    crumbs = [*_crumbs(), (unit.name, reverse("admin_unit", args=[pk])), (title, "")]
    if form.is_bound and form.is_valid():
        if shell.first_shown(request):
            context = {
                "title": title,
                "caption": unit.name,
                "rows": _changed(unit, form),
                "form": form,
                "submit": _("Ghi thông tin cơ quan"),
                "back": request.path,
                "about": [_("Các dòng tô màu sẽ thay đổi. Văn bản in sau đó dùng thông tin mới.")],
            }
            return shell.drawn(request, "check", context, here="units", crumbs=crumbs)
        try:
            services.describe(actor=actor, unit=unit, **form.cleaned_data)
        except BilingualError as error:
            form.add_error("signer" if error.code == "unit.signer" else None, said(error))
        else:
            messages.success(request, _("Đã ghi thông tin cơ quan."))
            return redirect("admin_unit", pk=pk)
    context = {
        "title": title,
        "caption": unit.name,
        "form": form,
        "submit": _("Xem lại trước khi ghi"),
        "back": reverse("admin_unit", args=[pk]),
        "about": [],
    }
    return shell.drawn(request, "form", context, here="units", crumbs=crumbs)


@rule(EDIT)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Đề nghị tài khoản chuyên thu: nobody is told of it before another person confirms it."""
    unit, actor = _unit(request, pk, EDIT), actor_of(request)
    form = CollectingForm(request.POST or None)
    title = _("Đề nghị tài khoản chuyên thu")
    crumbs = [*_crumbs(), (unit.name, reverse("admin_unit", args=[pk])), (title, "")]
    about = [_("Đơn vị chỉ được báo nộp vào tài khoản này sau khi người thứ hai xác nhận.")]
    if form.is_bound and form.is_valid():
        if shell.first_shown(request):
            context = {
                "title": title,
                "caption": unit.name,
                "rows": shell.said_of(form),
                "form": form,
                "submit": title,
                "back": request.path,
                "about": about,
            }
            return shell.drawn(request, "check", context, here="units", crumbs=crumbs)
        try:
            made = registers.propose_account(actor=actor, office=unit, **form.cleaned_data)
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã đề nghị tài khoản; chờ người thứ hai xác nhận."))
            return redirect("admin_collecting", pk=made.pk)
    context = {
        "title": title,
        "caption": unit.name,
        "form": form,
        "submit": _("Xem lại trước khi đề nghị"),
        "back": reverse("admin_unit", args=[pk]),
        "about": about,
    }
    return shell.drawn(request, "form", context, here="units", crumbs=crumbs)


@rule(CONFIRM)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Một tài khoản chuyên thu: what is proposed, beside those in use."""
    return _account(request, _collecting(request, pk))


def _account(
    request: HttpRequest,
    found: CollectingAccount,
    *,
    refuse: ReasonForm | None = None,
    end: EndForm | None = None,
    refused: str = "",
) -> HttpResponse:
    actor = actor_of(request)
    waits = found.state == CollectingAccount.State.PROPOSED
    beside = access.collecting(actor, EDIT, CONFIRM).filter(office=found.office).exclude(pk=found.pk)
    may_end = found.state == CollectingAccount.State.CONFIRMED and actor.may(EDIT, at=found)
    proposed = hands.of(registers.COLLECTING, found.pk)
    context = {
        "account": found,
        "state": found.get_state_display(),
        "tone": TONES[found.state],
        "facts": [
            {"label": _("Cơ quan"), "value": found.office.name},
            {"label": _("Ngân hàng"), "value": found.bank},
            {"label": _("Mã ngân hàng (BIN)"), "value": found.bank_bin, "kind": "code"},
            {"label": _("Số tài khoản"), "value": found.number, "kind": "code"},
            {"label": _("Chủ tài khoản"), "value": found.holder},
            {"label": _("Dùng từ ngày"), "value": found.valid_from, "kind": "date"},
            {
                "label": _("Đến hết ngày"),
                "value": found.valid_to or _("chưa định"),
                "kind": "date" if found.valid_to else "text",
                "note": found.reason,
            },
        ],
        "beside": [_line(one) for one in beside],
        "prepared": {"name": found.proposed_by.full_name, "at": proposed[0].at if proposed else None}
        if found.proposed_by
        else {"name": _("có từ đầu"), "at": None},
        "decided": {"name": found.decided_by.full_name, "at": found.decided_at} if found.decided_by else None,
        "reason": _why_not(actor, found) if waits else _("Đã quyết định."),
        "waits": waits,
        "may_decide": waits and not _why_not(actor, found),
        "seen": registers.seen_of(found),
        "act_url": reverse("admin_collecting_confirm", args=[found.pk]),
        "act_label": _("Xác nhận tài khoản"),
        "refuse": refuse or ReasonForm(prefix="tu-choi"),
        "end": (end or EndForm(prefix="ket-thuc")) if may_end else None,
        "form": refuse or end,
        "errors": [{"text": refused}] if refused else [],
        "changes": history.of_row("collecting_account", found.pk),
    }
    crumbs = [
        *_crumbs(),
        (found.office.name, reverse("admin_unit", args=[found.office_id])),
        (found.number, ""),
    ]
    return shell.drawn(request, "collecting", context, here="units", crumbs=crumbs)


@rule(CONFIRM)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Xác nhận: by a second person who has seen it."""
    found = _collecting(request, pk)
    try:
        registers.confirm_account(actor=actor_of(request), account=found, seen=request.POST.get("seen", ""))
    except BilingualError as error:
        return _account(request, _collecting(request, pk), refused=said(error))
    messages.success(request, _("Đã xác nhận; văn bản từ ngày bắt đầu sẽ ghi tài khoản này."))
    return redirect("admin_collecting", pk=pk)


@rule(CONFIRM)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Không đồng ý: with the reason."""
    found = _collecting(request, pk)
    form = ReasonForm(request.POST, prefix="tu-choi")
    refused = ""
    if form.is_valid():
        try:
            registers.refuse_account(
                actor=actor_of(request),
                account=found,
                seen=request.POST.get("seen", ""),
                reason=form.cleaned_data["reason"],
            )
        except BilingualError as error:
            refused = said(error)
        else:
            messages.success(request, _("Đã ghi không đồng ý."))
            return redirect("admin_collecting", pk=pk)
    return _account(request, found, refuse=form, refused=refused)


@rule(EDIT)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Kết thúc: at once, or with a last day."""
    found = _collecting(request, pk)
    form = EndForm(request.POST, prefix="ket-thuc")
    refused = ""
    if form.is_valid():
        try:
            registers.end_account(actor=actor_of(request), account=found, **form.cleaned_data)
        except BilingualError as error:
            refused = said(error)
        else:
            messages.success(request, _("Đã kết thúc tài khoản."))
            return redirect("admin_collecting", pk=pk)
    return _account(request, found, end=form, refused=refused)


def _unit(request: HttpRequest, pk: int, verb: str) -> Unit:
    """An office at which the verb is held; 404 for any other."""
    found = selectors.offices(actor_of(request), verb).filter(pk=pk).first() if pk < 2**63 else None
    return found or no_unit(request, verb)


def _collecting(request: HttpRequest, pk: int) -> CollectingAccount:
    try:
        return access.collecting_account(actor_of(request), pk)
    except (ObjectDoesNotExist, OverflowError):
        no_unit(request, CONFIRM)


def _may_decide(actor: Actor, account: CollectingAccount) -> bool:
    return account.state == CollectingAccount.State.PROPOSED and not _why_not(actor, account)


def _why_not(actor: Actor, account: CollectingAccount) -> str:
    if not actor.may(CONFIRM, at=account):
        return _("Chờ người có quyền xác nhận ở cơ quan này.")
    if hands.made(actor, registers.COLLECTING, account.pk):
        return _("Ông/bà đã đề nghị tài khoản này nên không được xác nhận; người khác phải xác nhận.")
    return ""


def _line(account: CollectingAccount) -> dict[str, Any]:
    return {
        "url": reverse("admin_collecting", args=[account.pk]),
        "number": account.number,
        "bank": account.bank,
        "holder": account.holder,
        "office": account.office.name,
        "valid_from": account.valid_from,
        "valid_to": account.valid_to,
        "state": account.get_state_display(),
        "tone": TONES[account.state],
    }


def _facts(unit: Unit) -> list[dict[str, Any]]:
    limits = Limits.of(unit)
    above = _("theo cơ quan cấp trên")
    return [
        {"label": _("Loại"), "value": unit.get_kind_display()},
        {"label": _("Mã"), "value": unit.code, "kind": "code"},
        {"label": _("Địa chỉ"), "value": unit.address},
        {"label": _("Điện thoại"), "value": unit.phone},
        {"label": _("Người ký văn bản"), "value": unit.signer, "note": unit.signer_title},
        {
            "label": _("Một viên chức ghi nhận đến"),
            "value": _("%(n)s người một danh sách") % {"n": limits.people},
            "note": "" if unit.booking_people is not None else above,
        },
        {
            "label": _("và đến số tiền"),
            "value": limits.money,
            "kind": "money",
            "note": "" if unit.booking_money is not None else above,
        },
        {
            "label": _("Dữ liệu đầu vào của kỳ đã khóa"),
            "value": _("lưu trữ") if unit.archives_inputs else _("xóa, giữ dấu"),
        },
    ]


def _changed(unit: Unit, form: UnitForm) -> list[dict[str, Any]]:
    """What is about to be written, the changed lines marked."""
    rows = shell.said_of(form)
    for row, name in zip(rows, form.fields, strict=True):
        before, after = getattr(unit, name), form.cleaned_data[name]
        row["changed"] = (
            (before or None) != (after or None) if name not in services.LIMITS else before != after
        )
    return rows


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Cơ quan"), reverse("admin_units"))]
