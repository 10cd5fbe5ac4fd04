"""`/.well-known/security.txt` (RFC 9116): where somebody who found a weakness can tell the office."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from ansinh.web.gate import rule

GOOD_FOR = timedelta(days=180)  # the standard asks for less than a year


@rule(public=True)
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """The contact of the settings; no page where none is set, because a wrong one is worse."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if ":" not in contact:
        contact = f"mailto:{contact}"
    expires = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: vi, en")
    return HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")
