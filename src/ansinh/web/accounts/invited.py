"""Nhận thư mời: the link, then the password, then the phone; and enrolling a phone of one's own accord.

The token leaves the address at once: the session holds its digest, the pages after it have plain addresses.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ansinh.office.models import User
from ansinh.office.security import security
from ansinh.office.signin import factors, invitations
from ansinh.office.signin.models import Invitation
from ansinh.web.accounts.adapter import no_factor, signed_in
from ansinh.web.accounts.forms import ENROLMENT, EnrolForm, invitation_form
from ansinh.web.gate import rule

HELD = "invitation"  # in the session: {"token": digest, "proved": bool, "password": hash}


@rule(public=True)
@require_safe
@never_cache
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The link itself."""
    if request.user.is_authenticated:
        return render(request, "account/invitation_other.html", {"here": request.path})
    digest = invitations.digest(token)
    if invitations.live(digest) is None:
        security("invitation.refused")
        return _over(request)
    request.session[HELD] = {"token": digest}
    return redirect("invitation")


@rule(public=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@transaction.non_atomic_requests
def invitation(request: HttpRequest) -> HttpResponse:
    """The password: a new one, or the one in use to prove who is there."""
    held = _held(request)
    if held is None:
        return _over(request)
    form = invitation_form(request, held)
    if request.method == "POST" and form.is_valid():
        request.session[HELD] = {
            "token": held.token_hash,
            "proved": True,
            "password": form.password_hash,
        }
        if invitations.needs_phone(held):
            return redirect("mfa_activate_totp")
        return _accepted(request, code="code" in form.fields, to="home")
    context = {"form": form, "invitation": held, "phone": invitations.needs_phone(held)}
    return render(request, "account/invitation.html", context)


@rule(public=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@transaction.non_atomic_requests
def activate(request: HttpRequest) -> HttpResponse:
    """Kích hoạt xác thực hai lớp: with an invitation; without one, only who is no officer."""
    held = _held(request)
    if held is not None and request.session[HELD].get("proved") and invitations.needs_phone(held):
        user = held.user
    elif not request.user.is_authenticated:
        return redirect("account_login")
    elif factors.is_enrolled(request.user):
        return redirect("preferences")
    elif request.user.kind == User.Kind.STAFF:
        return no_factor(request, request.user)
    else:
        raise_if_reauthentication_required(request, app="allauth.mfa")
        held, user = None, request.user
    form = EnrolForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        if held is not None:
            return _accepted(
                request, code=True, to="mfa_view_recovery_codes", secret=form.secret, step=form.step
            )
        factors.enrol(user, secret=form.secret, step=int(form.step or 0))
        request.session.pop(ENROLMENT, None)
        record_authentication(request, user, "mfa", type="totp")
        security("factor.enrolled", user=user.pk)
        return redirect("mfa_view_recovery_codes")
    return render(
        request, "mfa/totp/activate_form.html", {"form": form, "user": user, **_picture(user, form)}
    )


def _accepted(request: HttpRequest, *, code: bool, to: str, **phone: Any) -> HttpResponse:
    """Use the invitation up and sign its owner in, with what was shown on the way."""
    state = request.session.pop(HELD)
    request.session.pop(ENROLMENT, None)
    try:
        user = invitations.accept(token_hash=state["token"], password_hash=state.get("password", ""), **phone)
    except invitations.InvitationOver:
        return _over(request)
    get_adapter(request).login(request, user)
    record_authentication(request, user, "password", username=user.username)
    if code:
        record_authentication(request, user, "mfa", type="totp")
    response = redirect(to)
    signed_in(request, response, user)
    return response


def _held(request: HttpRequest) -> Invitation | None:
    """The live invitation whose link was opened in this session."""
    state = request.session.get(HELD)
    return invitations.live(state["token"]) if state else None


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "account/invitation_over.html", status=404)


def _picture(user: User, form: EnrolForm) -> dict[str, str]:
    """The QR code of the secret, drawn on our side."""
    adapter = get_mfa_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(user, form.secret))
    return {"totp_svg_data_uri": f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"}
