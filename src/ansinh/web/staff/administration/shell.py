"""Khung chung: the tabs of administration, the page that shows an act before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.kernel.money import format_dong
from ansinh.office.rights import Actor
from ansinh.office.staff.calendar import LEVELS
from ansinh.web.staff.asking import actor_of
from ansinh.web.ui import words

Crumb = tuple[str, str]


@dataclass(frozen=True)
class Tab:
    """Một mục của quản trị: who has it (`verb`, at units of `kinds`), and its address."""

    name: str
    label: str | Promise
    url_name: str
    verb: str
    kinds: tuple[str, ...] = ()
    about: str | Promise = ""


TABS = (
    Tab(
        "accounts",
        gettext_lazy("Tài khoản"),
        "admin_accounts",
        "staff.manage",
        about=gettext_lazy("Mở, mời, tạm ngừng, cấp lại xác thực, phiên làm việc."),
    ),
    Tab(
        "roles",
        gettext_lazy("Quyền"),
        "admin_roles",
        "rights.grant",
        about=gettext_lazy("Vai trò và ủy quyền: ai có quyền gì ở đâu; đồng ý, thu hồi."),
    ),
    Tab(
        "units",
        gettext_lazy("Cơ quan"),
        "admin_units",
        "unit.confirm",
        about=gettext_lazy("Địa chỉ, người ký, mức ghi nhận, tài khoản chuyên thu."),
    ),
    Tab(
        "calendar",
        gettext_lazy("Lịch nghỉ"),
        "admin_calendar",
        "calendar.edit",
        tuple(LEVELS),
        about=gettext_lazy("Ngày nghỉ, hoán đổi, làm bù theo thông báo."),
    ),
    Tab(
        "alerts",
        gettext_lazy("Cảnh báo"),
        "admin_alerts",
        "alert.read",
        about=gettext_lazy("Mã số không khớp quá nhiều: xem xét, mở lại."),
    ),
    Tab(
        "readings",
        gettext_lazy("Nhật ký truy cập"),
        "readings",
        "reading.read",
        about=gettext_lazy("Ai đã xem hồ sơ nào, lúc nào, để làm gì."),
    ),
)


def held(actor: Actor) -> list[Tab]:
    """The tabs this actor has."""
    return [t for t in TABS if actor.somewhere(t.verb, kinds=t.kinds)]


def tabs(actor: Actor, here: str = "") -> list[dict[str, Any]]:
    """The tabs as drawn."""
    return [
        {"label": tab.label, "url": reverse(tab.url_name), "current": tab.name == here} for tab in held(actor)
    ]


def drawn(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    here: str,
    crumbs: Sequence[Crumb] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of administration, below its tabs."""
    whole = {
        **context,
        "tabs": tabs(actor_of(request), here),
        "crumbs": [(_("Quản trị"), reverse("administration")), *crumbs] if crumbs else [],
    }
    return render(request, f"staff/administration/{template}.html", whole, status=status)


def first_shown(request: HttpRequest) -> bool:
    """Whether the act still has to be shown: it is done by the second press, on the page that shows it."""
    return request.POST.get("confirmed") != "1"


def said_of(form: forms.Form) -> list[dict[str, Any]]:
    """What was filled in, as a summary list."""
    return [
        {"label": str(bound.label), "value": _said(bound.field, form.cleaned_data.get(name))}
        for name, bound in ((bound.name, bound) for bound in form)
    ]


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(field, forms.ChoiceField):
        chosen = getattr(value, "pk", value)
        labels = dict(cast("Iterable[tuple[str, str]]", field.choices))
        return str(labels.get(str(chosen), chosen or ""))
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, int):
        return format_dong(value)
    return "" if value is None else str(value)
