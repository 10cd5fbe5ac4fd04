"""What every page needs to draw the shell: density, navigation, the reader's choices, words for scripts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ansinh.web import frame, navigation
from ansinh.web.preferences import KEYS_COOKIE, TEXT_COOKIE
from ansinh.web.staff import asked


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor. `shell.*` feeds base.html; an error page drawn before the gate gets defaults."""
    actor = getattr(request, "actor", None)
    staff = actor is not None and actor.is_staff
    shortcuts = staff and request.COOKIES.get(KEYS_COOKIE) != "off"
    may_search = actor is not None and actor.is_staff and actor.somewhere("search.use")
    search_url = _url("search") if may_search else ""
    large = request.COOKIES.get(TEXT_COOKIE) == "large"
    signed_in, demo = actor is not None, settings.PROFILE == "demo"
    menu = navigation.Menus(request, actor)
    own = {
        "csrf_token": get_token(request),
        "reader": actor.user if actor is not None else "",
        "here": request.get_full_path(),
        "search": asked.text(request) if search_url and request.path == search_url else "",
    }
    fixed = {"signed_in": signed_in, "search_url": search_url, "demo": demo, "shortcuts": shortcuts}
    top = frame.drawn("top", (*fixed.values(), menu.place), lambda: fixed | {"menus": menu.drawn}, own)
    return {
        "shell": {
            "actor": actor,
            "density": "staff" if staff and not large else "citizen",
            "shortcuts": shortcuts,
            "nav": SimpleLazyObject(lambda: menu.drawn),
            "styles": frame.drawn("styles", None, dict, own),
            "scripts": frame.drawn("scripts", None, lambda: {"words": _words()}, own),
            "top": top,
            "bottom": frame.drawn("bottom", (signed_in, shortcuts), lambda: fixed, own),
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
