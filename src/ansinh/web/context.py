"""What every page needs to draw the shell: density, navigation, the reader's choices, words for scripts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ansinh.web import navigation
from ansinh.web.preferences import KEYS_COOKIE, TEXT_COOKIE
from ansinh.web.staff import asked


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. `shell.*` feeds base.html; an error page drawn before the gate gets defaults."""
    actor = getattr(request, "actor", None)
    staff = actor is not None and actor.is_staff
    may_search = actor is not None and actor.is_staff and actor.somewhere("search.use")
    large = request.COOKIES.get(TEXT_COOKIE) == "large"
    return {
        "shell": {
            "actor": actor,
            "density": "staff" if staff and not large else "citizen",
            "shortcuts": staff and request.COOKIES.get(KEYS_COOKIE) != "off",
            "nav": navigation.menus(request, actor),
            "search_url": _url("search") if may_search else "",
            "search": asked.text(request) if request.path == _url("search") else "",
            "demo": settings.PROFILE == "demo",
            "words": _words(),
        }
    }


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _words() -> dict[str, str]:
    """Sentences the script says; it holds none of its own."""
    return {
        "dirty": _("Có thay đổi chưa lưu. Rời trang?"),
        "draft": _("Có bản nháp chưa gửi, lưu lúc {time}."),
        "restore": _("Khôi phục bản nháp"),
        "discard": _("Bỏ bản nháp"),
        "restored": _("Đã khôi phục bản nháp."),
        "selected": _("Đã chọn {count}"),
        "sum": _("tổng {sum} đ"),
        "none": _("Chưa chọn dòng nào"),
    }
