"""Phiên làm việc của tôi: where one is signed in, since when, and the way to end it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ansinh.office.models import User
from ansinh.office.security import security
from ansinh.office.signin import sessions, waiting
from ansinh.web.accounts.agents import described
from ansinh.web.gate import rule


@dataclass(frozen=True)
class Line:
    """A session as its owner sees it."""

    handle: str
    device: str
    address: str
    opened_at: datetime
    seen_at: datetime
    here: bool


@rule(signed_in=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """List one's sessions; a POST ends one, or all but this."""
    user = cast("User", request.user)  # the gate has asked
    if request.method == "POST":
        if "others" in request.POST:
            ended = sessions.end(user.pk, keep=request.session.session_key)
        else:
            ended = sessions.end(user.pk, handle=_handle(request), keep=request.session.session_key)
        security("session.ended", user=user.pk, by=user.pk, sessions=ended)
        messages.success(request, _("Đã kết thúc %(n)s phiên.") % {"n": ended})
        return redirect("sessions")
    lines = [
        Line(
            str(row.handle),
            described(row.agent),
            row.address,
            row.opened_at,
            row.seen_at,
            row.pk == request.session.session_key,
        )
        for row in sessions.of(user.pk)
    ]
    lines.sort(key=lambda line: not line.here)
    strangers = waiting.strangers(user.username)
    return render(request, "account/sessions.html", {"lines": lines, "strangers": strangers})


def _handle(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("end", ""))
    except ValueError:
        raise Http404 from None
