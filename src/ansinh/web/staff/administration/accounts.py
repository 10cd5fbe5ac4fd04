"""Tài khoản: the list, one account, opening one, and what may be done with it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ansinh.kernel.errors import BilingualError
from ansinh.office.models import Invitation, User
from ansinh.office.rights import Actor
from ansinh.office.signin import sessions
from ansinh.office.staff import accounts as services
from ansinh.office.staff import selectors
from ansinh.web.accounts.agents import described
from ansinh.web.gate import rule
from ansinh.web.staff.administration import history, shell, tables
from ansinh.web.staff.administration.forms import AccountForm, ReasonForm
from ansinh.web.staff.asking import actor_of, opened
from ansinh.web.staff.trace import readers
from ansinh.web.ui import export, words
from ansinh.web.ui.fields import said

VERB = selectors.MANAGE


@dataclass(frozen=True)
class Act:
    """Một việc với tài khoản: said before it is done (`about`); some need a reason, some make a link."""

    label: str | Promise
    about: str | Promise
    do: Callable[..., Any]
    done: str | Promise = ""
    reason: bool = False
    warning: bool = False
    fits: Callable[[User], bool] = lambda _user: True


def _opened(user: User) -> bool:
    return user.has_usable_password()


ACTS = {
    "moi": Act(
        gettext_lazy("Mời lại"),
        gettext_lazy(
            "Lập liên kết mời mới, dùng một lần trong 72 giờ; liên kết cũ hết hiệu lực ngay. "
            "Người nhận tự đặt mật khẩu và gắn điện thoại."
        ),
        services.invite,
        fits=lambda user: user.is_active and not _opened(user),
    ),
    "xac-thuc": Act(
        gettext_lazy("Cấp lại xác thực hai lớp"),
        gettext_lazy(
            "Điện thoại cũ và mã dự phòng hết hiệu lực ngay, mọi phiên làm việc kết thúc. Chủ tài khoản gắn "
            "điện thoại mới bằng liên kết và mật khẩu đang dùng."
        ),
        services.reset_factor,
        reason=True,
        warning=True,
        fits=lambda user: user.is_active and _opened(user),
    ),
    "mat-khau": Act(
        gettext_lazy("Đặt lại mật khẩu"),
        gettext_lazy(
            "Lập liên kết để chủ tài khoản đặt mật khẩu mới; phải có mã trên điện thoại đã gắn. "
            "Mật khẩu cũ còn dùng được đến lúc ấy."
        ),
        services.reset_password,
        reason=True,
        fits=lambda user: user.is_active and _opened(user),
    ),
    "tam-ngung": Act(
        gettext_lazy("Tạm ngừng tài khoản"),
        gettext_lazy(
            "Không ai đăng nhập được vào tài khoản này; mọi phiên làm việc và thư mời kết thúc ngay. "
            "Các quyền giữ nguyên cho đến khi thu hồi."
        ),
        services.suspend,
        gettext_lazy("Đã tạm ngừng tài khoản."),
        reason=True,
        warning=True,
        fits=lambda user: user.is_active,
    ),
    "mo-lai": Act(
        gettext_lazy("Mở lại tài khoản"),
        gettext_lazy("Chủ tài khoản đăng nhập lại được với các quyền còn hiệu lực."),
        services.restore,
        gettext_lazy("Đã mở lại tài khoản."),
        reason=True,
        fits=lambda user: not user.is_active,
    ),
    "phien": Act(
        gettext_lazy("Kết thúc mọi phiên làm việc"),
        gettext_lazy("Tài khoản bị đăng xuất ở mọi nơi; việc đang làm dở chưa gửi có thể mất."),
        services.end_sessions,
        gettext_lazy("Đã kết thúc các phiên làm việc."),
        warning=True,
    ),
    "bo-cho": Act(
        gettext_lazy("Bỏ thời gian chờ đăng nhập"),
        gettext_lazy("Xóa các lần thử sai đã đếm; chủ tài khoản thử lại được ngay trên thiết bị mới."),
        services.forgive,
        gettext_lazy("Đã bỏ thời gian chờ."),
        fits=lambda user: user.is_active,
    ),
}


@rule(VERB)
def table(request: HttpRequest) -> HttpResponseBase:
    """Danh sách tài khoản trong phạm vi."""
    actor = actor_of(request)
    found = tables.accounts(request, actor, selectors.accounts(actor))
    if found.export_asked:
        return export.workbook(found)
    return shell.drawn(request, "accounts", {"table": found}, here="accounts", crumbs=[(_("Tài khoản"), "")])


@rule(VERB)
@never_cache
def open_(request: HttpRequest) -> HttpResponse:
    """Mở tài khoản: without any right; the link that opens it is shown once."""
    actor = actor_of(request)
    form = AccountForm(request.POST or None, units=selectors.offices(actor, VERB))
    crumbs = [*_crumbs(), (_("Mở tài khoản"), "")]
    if form.is_bound and form.is_valid():
        try:
            user, token = services.open_account(actor=actor, **form.cleaned_data)
        except BilingualError as error:
            form.add_error("full_name" if error.code == "account.full_name" else "name", said(error))
        else:
            return _link(request, user, token)
    context = {
        "title": _("Mở tài khoản"),
        "form": form,
        "submit": _("Mở tài khoản và lập thư mời"),
        "back": reverse("admin_accounts"),
        "about": [
            _("Tài khoản mới chưa có quyền nào: quyền do một người đề nghị, người khác đồng ý."),
            _("Liên kết mời hiện một lần sau khi mở; trao tận tay cho chủ tài khoản, dùng trong 72 giờ."),
        ],
    }
    return shell.drawn(request, "form", context, here="accounts", crumbs=crumbs)


@rule(VERB)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Một tài khoản."""
    user = opened(request, selectors.account, pk)
    actor = actor_of(request)
    may = selectors.may_manage(actor, user)
    context = {
        "user_shown": user,
        "standing": dict(selectors.STANDINGS)[user.standing],  # type: ignore[attr-defined]
        "tone": tables.STANDING_TONES[user.standing],  # type: ignore[attr-defined]
        "facts": _facts(user),
        "rights": [_right(right) for right in selectors.rights_of(actor, user)],
        "elsewhere": selectors.elsewhere(actor, user),
        "allowed": selectors.allowed(user) if user.is_active else [],
        "sessions": _sessions(user) if may else [],
        "acts": [(name, act) for name, act in ACTS.items() if act.fits(user)] if may else [],
        "why_not": "" if may else _why_not(actor, user),
        "may_give": user.is_active and user.pk != actor.user.pk,
        "is_staff": user.kind == User.Kind.STAFF,
        "changes": history.of_account(user),
        "readings": readers("user", user.pk),
    }
    return shell.drawn(
        request, "account", context, here="accounts", crumbs=[*_crumbs(), (user.full_name, "")]
    )


@rule(VERB)
@never_cache
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Một việc với tài khoản: what it will do, then the act."""
    user = opened(request, selectors.account, pk)
    actor = actor_of(request)
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404
    form = ReasonForm(request.POST or None) if chosen.reason else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        if name == "phien" and "handle" in request.POST:
            given["handle"] = _handle(request)
        try:
            result = chosen.do(actor=actor, user=user, **given)
        except BilingualError as error:
            refused = said(error)
        else:
            if isinstance(result, str):
                return _link(request, user, result)
            messages.success(request, str(chosen.done))
            return redirect("admin_account", pk=pk)
    may = selectors.may_manage(actor, user) and chosen.fits(user)
    context = {
        "title": chosen.label,
        "caption": f"{user.full_name} · {user.username}",
        "about": [chosen.about],
        "form": form,
        "errors": [{"text": refused}] if refused else [],
        "submit": chosen.label if may else "",
        "why_not": "" if may else _why_not(actor, user) or _("Việc này không hợp với tình trạng tài khoản."),
        "warning": chosen.warning,
        "back": reverse("admin_account", args=[pk]),
    }
    crumbs = [*_crumbs(), (user.full_name, reverse("admin_account", args=[pk])), (str(chosen.label), "")]
    return shell.drawn(request, "form", context, here="accounts", crumbs=crumbs)


def _link(request: HttpRequest, user: User, token: str) -> HttpResponse:
    """The invitation, shown once: the page of the answer itself, kept nowhere."""
    context = {
        "user_shown": user,
        "link": request.build_absolute_uri(reverse("invitation_link", args=[token])),
    }
    return shell.drawn(request, "link", context, here="accounts", crumbs=[*_crumbs(), (user.full_name, "")])


def _facts(user: User) -> list[dict[str, Any]]:
    invitation = selectors.invitation(user)
    rows: list[dict[str, Any]] = [
        {"label": _("Tên đăng nhập"), "value": user.username, "kind": "code"},
        {"label": _("Loại tài khoản"), "value": user.get_kind_display()},
        {"label": _("Mở tại"), "value": user.unit.name if user.unit else _("không ghi")},
        {"label": _("Đăng nhập lần cuối"), "value": user.last_login or _("chưa lần nào"),
         "kind": "date" if user.last_login else "text"},
        {"label": _("Xác thực hai lớp"),
         "value": _("Đã gắn điện thoại") if user.enrolled else _("Chưa gắn")},  # type: ignore[attr-defined]
    ]  # fmt: skip
    if invitation is not None:
        rows.append(
            {
                "label": _("Thư mời gần nhất"),
                "value": _invited(invitation),
                "note": _("%(what)s, do %(who)s lập")
                % {
                    "what": invitation.get_purpose_display(),
                    "who": invitation.made_by.full_name if invitation.made_by else _("máy chủ"),
                },
            }
        )
    return rows


def _invited(invitation: Invitation) -> str:
    if invitation.used_at:
        return _("đã dùng lúc %(at)s") % {"at": words.day(invitation.used_at)}
    if invitation.expires_at <= timezone.now():
        return _("đã hết hạn lúc %(at)s") % {"at": words.day(invitation.expires_at)}
    return _("chờ nhận đến %(at)s") % {"at": words.day(invitation.expires_at)}


def _right(right: selectors.Right) -> dict[str, Any]:
    return {
        "role": right.get_role_display(),
        "place": tables.place(right),
        "term": tables.term(right),
        "decision": right.decision,
        "state": tables.force_words(right),
        "tone": tables.force_tone(right),
        "proposed_by": right.proposed_by,
        "granted_by": right.granted_by,
        "url": tables.url_of(right),
    }


def _sessions(user: User) -> list[dict[str, Any]]:
    return [
        {
            "handle": str(row.handle),
            "device": described(row.agent) or _("Trình duyệt không rõ"),
            "address": row.address,
            "opened_at": row.opened_at,
            "seen_at": row.seen_at,
        }
        for row in sessions.of(user.pk)
    ]


def _why_not(actor: Actor, user: User) -> str:
    if actor.user.pk == user.pk:
        return _("Đây là tài khoản của ông/bà; người quản trị khác mới làm được.")
    if selectors.elsewhere(actor, user):
        return _("Tài khoản còn quyền ở cơ quan ngoài phạm vi của ông/bà; quản trị cấp trên mới làm được.")
    return ""


def _handle(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST["handle"])
    except ValueError:
        raise Http404 from None


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Tài khoản"), reverse("admin_accounts"))]
