"""Các bảng của quản trị: accounts, rights, alerts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office.models import RoleAssignment, User
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor
from ansinh.office.staff import selectors
from ansinh.web.staff.asking import key
from ansinh.web.ui import words
from ansinh.web.ui.cells import display, link
from ansinh.web.ui.tables import Column, Filter, Rows, Table, choice

STANDING_TONES = {"active": "green", "invited": "yellow", "no_factor": "yellow", "suspended": "red"}
FORCE_TONES = {"proposed": "yellow", "now": "green", "future": "blue", "refused": "red"}
KIND_SLUGS = {"role": "vai-tro", "mandate": "uy-quyen"}


def force_words(right: selectors.Right) -> str:
    """Tình trạng của một quyền hôm nay."""
    return {
        "proposed": _("Chờ người thứ hai"),
        "refused": _("Không đồng ý"),
        "ended": _("Đã thu hồi"),
        "past": _("Đã hết hạn"),
        "future": _("Chưa đến ngày"),
        "now": _("Đang có hiệu lực"),
    }[selectors.in_force(right)]


def force_tone(right: selectors.Right) -> str:
    """Its colour; what is over has none."""
    return FORCE_TONES.get(selectors.in_force(right), "")


def url_of(right: selectors.Right) -> str:
    """The page of one right."""
    kind = KIND_SLUGS["role" if isinstance(right, RoleAssignment) else "mandate"]
    return reverse("admin_right", args=[kind, right.pk])


def term(right: selectors.Right) -> str:
    """Thời hạn in words."""
    last = words.day(right.valid_to) if right.valid_to else _("khi thu hồi")
    return _("%(first)s đến %(last)s") % {"first": words.day(right.valid_from), "last": last}


def place(right: selectors.Right) -> str:
    """Nơi, hoặc bên: of a right; a party is named on the right's own page."""
    if isinstance(right, RoleAssignment):
        return right.unit.name
    return f"{right.get_party_kind_display()} #{right.party}"


def roles_now(user: Any) -> str:
    """Vai trò hôm nay: that of an account read with `_with_roles`."""
    held = [f"{r.get_role_display()} ({r.unit.name})" for r in user.roles_now]
    given = [str(m.get_role_display()) for m in user.mandates_now]
    return "; ".join([*held, *given])


def accounts(request: HttpRequest, actor: Actor, rows: Rows) -> Table:
    """Danh sách tài khoản."""
    units = [(str(unit.pk), unit.name) for unit in selectors.offices(actor, selectors.MANAGE)]
    return Table(
        request,
        name="accounts",
        caption=_("Tài khoản"),
        rows=selectors.with_rights_now(actor, rows),
        columns=[
            Column(
                "full_name",
                _("Họ và tên"),
                sort="full_name",
                url=link("admin_account"),
                frozen=True,
            ),
            Column("username", _("Tên đăng nhập"), "code", sort="username"),
            Column("kind", _("Loại"), value=display("kind")),
            Column("roles", _("Quyền hôm nay"), value=roles_now),
            Column(
                "standing",
                _("Tình trạng"),
                "tag",
                value=lambda u: str(dict(selectors.STANDINGS)[u.standing]),
                tone=lambda u: STANDING_TONES[u.standing],
                sort="standing",
            ),
            Column(
                "enrolled",
                _("Xác thực hai lớp"),
                value=lambda u: _("Có") if u.enrolled else _("Chưa"),
            ),
            Column("last_login", _("Đăng nhập lần cuối"), "date", sort="last_login"),
            Column("unit", _("Mở tại"), value=lambda u: u.unit.name if u.unit else "", hidden=True),
        ],
        filters=[
            Filter("ten", _("Tên"), selectors.named),
            choice("loai", _("Loại"), User.Kind.choices, "kind"),
            Filter(
                "vai-tro",
                _("Vai trò"),
                lambda found, value: selectors.holding(actor, found, value),
                "choice",
                RoleAssignment.Role.choices,
            ),
            Filter(
                "co-quan",
                _("Cơ quan"),
                lambda found, value: selectors.of_unit(found, key(value) or 0),
                "choice",
                units,
            ),
            choice("tinh-trang", _("Tình trạng"), selectors.STANDINGS, "standing"),
        ],
        sort="full_name",
        shows=lambda u: [(Subject.USER, u.pk)],
        purpose=Purpose.LIST,
        empty=_("Không có tài khoản nào"),
    )


def rights(request: HttpRequest, rows: Rows, *, caption: Any, empty: Any = "") -> Table:
    """Quyền: rows are rights of either kind, or a queryset of one kind."""
    listed = isinstance(rows, Sequence)
    return Table(
        request,
        name="rights",
        caption=caption,
        rows=rows,
        columns=[
            Column(
                "user",
                _("Tài khoản"),
                value=lambda r: r.user.full_name,
                sort="" if listed else "user__full_name",
                url=url_of,
                frozen=True,
            ),
            Column("role", _("Quyền"), value=display("role")),
            Column("place", _("Nơi"), value=place),
            Column("term", _("Thời hạn"), value=term),
            Column("decision", _("Văn bản"), "code"),
            Column("state", _("Tình trạng"), "tag", value=force_words, tone=force_tone),
            Column(
                "proposed_by",
                _("Người đề nghị"),
                value=lambda r: r.proposed_by.full_name if r.proposed_by else "",
            ),
            Column(
                "granted_by",
                _("Người quyết định"),
                value=lambda r: r.granted_by.full_name if r.granted_by else "",
                hidden=listed,
            ),
            Column("valid_from", _("Từ ngày"), "date", sort="" if listed else "valid_from", hidden=True),
        ],
        filters=[] if listed else _right_filters(rows),
        sort="" if listed else "-valid_from",
        key=lambda r: f"{type(r).__name__}-{r.pk}",
        shows=lambda r: [(Subject.USER, r.user_id)],
        purpose=Purpose.LIST,
        empty=empty,
    )


def _right_filters(rows: Any) -> list[Filter]:
    model = rows.model
    return [
        Filter("ten", _("Tên"), lambda found, value: selectors.named(found, value, "user__")),
        choice("vai-tro", _("Quyền"), model.Role.choices, "role"),
        choice("tinh-trang", _("Tình trạng"), model.State.choices, "state"),
    ]


def alerts(request: HttpRequest, rows: Rows) -> Table:
    """Cảnh báo mã số không khớp."""
    model = rows.model
    return Table(
        request,
        name="alerts",
        caption=_("Cảnh báo"),
        rows=rows,
        columns=[
            Column(
                "raised_at",
                _("Lúc"),
                "date",
                sort="raised_at",
                url=link("admin_alert"),
                frozen=True,
            ),
            Column("kind", _("Cảnh báo"), value=display("kind")),
            Column(
                "level",
                _("Mức"),
                "tag",
                value=display("level"),
                tone=lambda a: "red" if a.level == "stop" else "yellow",
            ),
            Column("whose", _("Của"), value=display("whose")),
            Column("user", _("Người tra cứu sau cùng"), value=lambda a: a.user.full_name),
            Column("count", _("Số lần không khớp"), "number", sort="count"),
            Column("office", _("Cơ quan"), value=lambda a: a.office.name),
            Column(
                "state",
                _("Tình trạng"),
                "tag",
                value=display("state"),
                tone=lambda a: "yellow" if a.state == "open" else "",
            ),
        ],
        filters=[
            choice("muc", _("Mức"), model.Level.choices, "level"),
            choice("tinh-trang", _("Tình trạng"), model.State.choices, "state"),
        ],
        sort="-raised_at",
        shows=lambda a: [(Subject.USER, a.user_id)],
        empty=_("Không có cảnh báo nào"),
    )
