"""Mất cơ sở dữ liệu: pages say that the system is coming back, with 503 and when to ask again.

Connections that died are closed when the request ends, so the page after the server's return is answered.
"""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views import defaults

from ansinh.config.database import is_lost

RETRY_SECONDS = 5


def failed(request: HttpRequest) -> HttpResponse:
    """The answer to a request that failed: 503 when the database is away, else 500."""
    if not is_lost(sys.exc_info()[1]):
        return defaults.server_error(request)
    answer = HttpResponse(get_template("503.html").render(), status=503)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
