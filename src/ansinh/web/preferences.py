"""Tùy chọn: text size, keyboard shortcuts, language; the way to one's password and second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ansinh.web.gate import rule

TEXT_COOKIE = "ansinh_text"
KEYS_COOKIE = "ansinh_keys"
CHOICES = {TEXT_COOKIE: ("normal", "large"), KEYS_COOKIE: ("on", "off")}


@rule(signed_in=True)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the choices; a POST remembers them and returns here."""
    from ansinh.web.language import remember

    if request.method == "POST":
        response = redirect("preferences")
        for name, allowed in CHOICES.items():
            value = request.POST.get(name, allowed[0])
            remember(response, name, value if value in allowed else allowed[0])
        messages.success(request, _("Đã lưu tùy chọn."))
        return response
    context = {
        "large": request.COOKIES.get(TEXT_COOKIE) == "large",
        "shortcuts_off": request.COOKIES.get(KEYS_COOKIE) == "off",
        "second_factor": is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
    }
    return render(request, "account/preferences.html", context)
