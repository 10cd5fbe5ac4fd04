"""Quyền: proposing a role or a mandate, deciding it as the second person, taking it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.kernel.errors import BilingualError
from ansinh.office import hands
from ansinh.office.models import Mandate, User
from ansinh.office.rights import Actor, verbs_of
from ansinh.office.staff import giving, selectors
from ansinh.web.gate import rule
from ansinh.web.staff.administration import parties, shell, tables
from ansinh.web.staff.administration.forms import EndForm, MandateForm, ReasonForm, RoleForm
from ansinh.web.staff.administration.parties import Party
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.ui import export
from ansinh.web.ui.fields import said

MANAGE, GRANT = selectors.MANAGE, selectors.GRANT
DOORS: dict[str, Callable[[Actor, int], selectors.Right]] = {
    "vai-tro": selectors.role,
    "uy-quyen": selectors.mandate,
}


@rule(GRANT)
def roles(request: HttpRequest) -> HttpResponseBase:
    """Vai trò ở các cơ quan trong phạm vi."""
    actor = actor_of(request)
    return _list(request, selectors.roles(actor, GRANT), _("Vai trò"), _("Không có vai trò nào"), "roles")


@rule(GRANT)
def mandates(request: HttpRequest) -> HttpResponseBase:
    """Ủy quyền qua các cơ quan trong phạm vi."""
    actor = actor_of(request)
    rows = selectors.mandates(actor, GRANT)
    return _list(request, rows, _("Ủy quyền"), _("Không có ủy quyền nào"), "mandates")


def _list(request: HttpRequest, rows: Any, caption: str, empty: str, which: str) -> HttpResponseBase:
    found = tables.rights(request, rows, caption=caption, empty=empty)
    if found.export_asked:
        return export.workbook(found)
    context = {
        "table": found,
        "title": caption,
        "which": which,
        "waiting": len(selectors.waiting(actor_of(request))),
    }
    return shell.drawn(request, "rights", context, here="roles", crumbs=[(_("Quyền"), "")])


@rule(MANAGE)
def propose_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Đề nghị vai trò cho một viên chức: shown first, then proposed."""
    user, actor = _for(request, pk, User.Kind.STAFF), actor_of(request)
    form = RoleForm(request.POST or None, units=selectors.offices(actor, MANAGE))
    if form.is_bound and form.is_valid():
        if shell.first_shown(request):
            role = form.cleaned_data["role"]
            return _check(request, user, form, _("Đề nghị vai trò"), shell.said_of(form), role)
        try:
            made = giving.propose_role(actor=actor, user=user, **form.cleaned_data)
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã đề nghị; quyền có hiệu lực khi người thứ hai đồng ý."))
            return redirect(tables.url_of(made))
    return _ask(request, user, form, _("Đề nghị vai trò"))


@rule(MANAGE)
def propose_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """Đề nghị ủy quyền cho một người bên ngoài: the party found is shown first."""
    user, actor = _for(request, pk, User.Kind.OUTSIDE), actor_of(request)
    form = MandateForm(request.POST or None)
    if form.is_bound and form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            party = parties.find(actor, asked["role"], asked.pop("number"))
        except BilingualError as error:
            form.add_error("number", said(error))
            return _ask(request, user, form, _("Đề nghị ủy quyền"))
        if party is None:
            form.add_error("number", _("Không khớp với sổ trong phạm vi quản lý."))
            return _ask(request, user, form, _("Đề nghị ủy quyền"))
        if shell.first_shown(request):
            rows = [*_party_rows(party), *shell.said_of(form)]
            return _check(request, user, form, _("Đề nghị ủy quyền"), rows, asked["role"])
        try:
            made = giving.propose_mandate(
                actor=actor, user=user, party_kind=party.kind, party=party.key, unit=party.unit, **asked
            )
        except BilingualError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Đã đề nghị; quyền có hiệu lực khi người thứ hai đồng ý."))
            return redirect(tables.url_of(made))
    return _ask(request, user, form, _("Đề nghị ủy quyền"))


def _for(request: HttpRequest, pk: int, kind: str) -> User:
    """Whom a right is proposed for; an account of the other kind has no such page."""
    user = opened(request, selectors.account, pk)
    if user.kind != kind:
        raise Http404
    return user


def _ask(request: HttpRequest, user: User, form: forms.Form, title: str) -> HttpResponse:
    context = {
        "title": title,
        "caption": f"{user.full_name} · {user.username}",
        "form": form,
        "submit": _("Xem lại trước khi đề nghị"),
        "back": reverse("admin_account", args=[user.pk]),
        "about": [
            _("Quyền chỉ có hiệu lực khi một người khác có quyền đồng ý ở cơ quan ấy xem và đồng ý."),
        ],
    }
    return shell.drawn(request, "form", context, here="accounts", crumbs=_crumbs(user, title))


def _check(
    request: HttpRequest,
    user: User,
    form: forms.Form,
    title: str,
    rows: list[dict[str, Any]],
    role: str,
) -> HttpResponse:
    """What is about to be proposed, and what it lets somebody do."""
    context = {
        "title": title,
        "caption": f"{user.full_name} · {user.username}",
        "rows": rows,
        "verbs": verbs_of(role),
        "form": form,
        "submit": title,
        "back": request.path,
        "about": [_("Chưa có gì được ghi cho đến khi bấm nút dưới đây; sau đó chờ người thứ hai.")],
    }
    return shell.drawn(request, "check", context, here="accounts", crumbs=_crumbs(user, title))


@rule(GRANT)
def page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Một quyền: what was proposed, whom it is for and what they hold, who decided."""
    return _page(request, *_opened(request, kind, pk))


def _opened(request: HttpRequest, kind: str, pk: int) -> tuple[selectors.Right, Party | None]:
    door = DOORS.get(kind)
    if door is None:
        raise Http404
    right = opened(request, door, pk)
    return right, parties.of(actor_of(request), right) if isinstance(right, Mandate) else None


def _page(
    request: HttpRequest,
    right: selectors.Right,
    party: Party | None,
    *,
    refuse: ReasonForm | None = None,
    end: EndForm | None = None,
    refused: str = "",
) -> HttpResponse:
    actor, user = actor_of(request), right.user
    waits = right.state == right.State.PROPOSED
    reason = _why_not(actor, right, party)
    may_end = right.is_open and actor.may(MANAGE, at=right) and user.pk != actor.user.pk
    context = {
        "right": right,
        "user_shown": user,
        "state": tables.force_words(right),
        "tone": tables.force_tone(right),
        "facts": _facts(right, party),
        "verbs": verbs_of(right.role),
        "holds": [
            {"role": r.get_role_display(), "place": tables.place(r), "term": tables.term(r),
             "state": tables.force_words(r), "tone": tables.force_tone(r)}
            for r in selectors.everything_of(user) if r.is_open and r != right
        ],
        "prepared": {"name": right.proposed_by.full_name, "at": _at(right, "propose")}
        if right.proposed_by
        else {"name": _("trước khi có người dùng"), "at": None},
        "decided": {"name": right.granted_by.full_name, "at": right.granted_at} if right.granted_by else None,
        "reason": reason if waits else _("Đã quyết định."),
        "waits": waits,
        "may_decide": waits and not reason,
        "seen": giving.seen(right, *_shown(party)),
        "refuse": refuse or ReasonForm(prefix="tu-choi"),
        "end": (end or EndForm(prefix="thu-hoi")) if may_end else None,
        "form": refuse or end,
        "errors": [{"text": refused}] if refused else [],
        "url": tables.url_of(right),
        "act_url": f"{tables.url_of(right)}dong-y/",
        "act_label": _("Đồng ý cấp quyền"),
        "may_see_account": selectors.accounts(actor).filter(pk=user.pk).exists(),
    }  # fmt: skip
    crumbs = [(_("Quyền"), reverse("admin_roles")), (user.full_name, "")]
    return shell.drawn(request, "right", context, here="roles", crumbs=crumbs)


@rule(GRANT)
@require_POST
def grant(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Đồng ý: by the second person, with the digest of what the page showed."""
    right, party = _opened(request, kind, pk)
    actor = actor_of(request)
    if isinstance(right, Mandate) and party is None and actor.may(GRANT, at=right):
        return _page(request, right, party)
    try:
        giving.grant(actor=actor, right=right, seen=request.POST.get("seen", ""), shown=_shown(party))
    except BilingualError as error:
        return _page(request, right, party, refused=said(error))
    messages.success(request, _("Đã đồng ý; quyền có hiệu lực từ ngày ghi trên đề nghị."))
    return redirect(tables.url_of(right))


@rule(GRANT)
@require_POST
def refuse(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Không đồng ý: with the reason."""
    right, party = _opened(request, kind, pk)
    form = ReasonForm(request.POST, prefix="tu-choi")
    refused = ""
    if form.is_valid():
        try:
            giving.refuse(
                actor=actor_of(request),
                right=right,
                reason=form.cleaned_data["reason"],
                seen=request.POST.get("seen", ""),
                shown=_shown(party),
            )
        except BilingualError as error:
            refused = said(error)
        else:
            messages.success(request, _("Đã ghi không đồng ý."))
            return redirect(tables.url_of(right))
    return _page(request, right, party, refuse=form, refused=refused)


@rule(MANAGE)
@require_POST
def end(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Thu hồi: at once, or with a last day."""
    right, party = _opened(request, kind, pk)
    form = EndForm(request.POST, prefix="thu-hoi")
    refused = ""
    if form.is_valid():
        try:
            giving.end(actor=actor_of(request), right=right, **form.cleaned_data)
        except BilingualError as error:
            refused = said(error)
        else:
            messages.success(request, _("Đã thu hồi."))
            return redirect(tables.url_of(right))
    return _page(request, right, party, end=form, refused=refused)


def _shown(party: Party | None) -> tuple[object, ...]:
    return () if party is None else party.shown


def _why_not(actor: Actor, right: selectors.Right, party: Party | None) -> str:
    """Why this reader has no button; empty when they have."""
    if not actor.may(GRANT, at=right):
        return _("Chờ người có quyền đồng ý ở cơ quan này.")
    if right.user_id == actor.user.pk:
        return _("Quyền này đề nghị cho chính ông/bà; người khác phải quyết định.")
    if hands.made(actor, giving.thing(right), right.pk):
        return _("Ông/bà đã đề nghị quyền này nên không được quyết định; người khác phải quyết định.")
    if isinstance(right, Mandate) and party is None:
        return _("Không mở được bên được ủy quyền trong phạm vi của ông/bà, nên không quyết định được.")
    return ""


def _at(right: selectors.Right, act: str) -> Any:
    made = [hand for hand in hands.of(giving.thing(right), right.pk) if hand.act == act]
    return made[0].at if made else None


def _party_rows(party: Party) -> list[dict[str, Any]]:
    return [
        {"label": _("Bên được ủy quyền"), "value": party.name},
        {"label": _("Mã số"), "value": party.code, "kind": "code"},
        {"label": _("Cơ quan quản lý"), "value": party.unit.name},
    ]


def _facts(right: selectors.Right, party: Party | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": _("Tài khoản"), "value": right.user.full_name, "note": right.user.username},
        {"label": _("Quyền"), "value": right.get_role_display()},
    ]
    if isinstance(right, Mandate):
        if party is None:
            unknown = _("#%(key)s, ngoài phạm vi hoặc không còn trong sổ") % {"key": right.party}
            rows.append({"label": right.get_party_kind_display(), "value": unknown})
        else:
            rows += _party_rows(party)
    else:
        note = _("và các cơ quan cấp dưới")
        rows.append({"label": _("Tại cơ quan"), "value": right.unit.name, "note": note})
    rows += [
        {"label": _("Thời hạn"), "value": tables.term(right)},
        {"label": _("Số văn bản giao quyền"), "value": right.decision},
    ]
    if right.reason:
        rows.append({"label": _("Lý do"), "value": right.reason})
    if right.ended_by:
        who = {"who": right.ended_by.full_name}
        rows.append(
            {
                "label": _("Thu hồi lúc"),
                "value": right.ended_at,
                "kind": "date",
                "note": _("bởi %(who)s") % who,
            }
        )
    return rows


def _crumbs(user: User, title: str) -> list[tuple[str, str]]:
    return [
        (_("Tài khoản"), reverse("admin_accounts")),
        (user.full_name, reverse("admin_account", args=[user.pk])),
        (title, ""),
    ]
