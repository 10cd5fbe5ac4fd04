"""Lá chắn: what every request meets first, before sessions, forms and pages.

`EdgeMiddleware` stands outermost: the caller's real address, a code for the request, one line of the log, and
headers no page may forget. `ShieldMiddleware` refuses what no page should have to think of: NUL bytes, broken
encodings, keys larger than the database holds, and bodies larger than the caller may send.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable
from http.cookies import CookieError
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, parse_cookie
from django.template.loader import get_template
from django.utils.http import parse_header_parameters
from structlog.contextvars import bind_contextvars, clear_contextvars

from ansinh.config import addresses
from ansinh.forms.intake.limits import DEFAULT_LIMITS, MEGABYTE
from ansinh.office.security import called_from, security
from ansinh.web.watch.counted import count_request

REQUESTS = structlog.stdlib.get_logger("ansinh.request")

STRANGERS_BODY = 64 * 1024
UPLOAD_BODY = DEFAULT_LIMITS.size + MEGABYTE  # a file and the fields around it
LARGEST_KEY = 2**63 - 1
WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

LETTERS = "abcdefghjkmnpqrstuvwxyz"
CODE_OF_A_PROXY = re.compile(r"[A-Za-z0-9_.-]{8,64}")

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb")
)


class Request(WSGIRequest):
    """Yêu cầu đọc như UTF-8: what a caller says of its charset is kept to be refused, and never used.

    Django takes it while it makes the request, before any middleware, and fails there on "base64".
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            self.content_type, self.content_params = "", {"charset": "unreadable"}


class Site(WSGIHandler):
    """Trang web như một ứng dụng WSGI: with requests as above."""

    request_class = Request


class EdgeMiddleware:
    """Mép ngoài: address, code, log line and the headers of every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        code = request_code(request.META.get("HTTP_X_REQUEST_ID", ""))
        addresses.settle(request.META, proxies=settings.PROXIES)
        clear_contextvars()
        bind_contextvars(request=code)
        called_from(request.META.get("REMOTE_ADDR", ""))
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = code
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
            response.headers.setdefault("Cache-Control", "no-store")  # static files have set their own
            _write_line(request, response, began)
            _count(request, response, began)
            return response
        finally:
            clear_contextvars()


def request_code(given: str) -> str:
    """Mã yêu cầu: ours, twelve letters that can be read out; one given by a proxy of ours stays."""
    if settings.PROXIES > 0 and CODE_OF_A_PROXY.fullmatch(given):
        return given
    letters = "".join(secrets.choice(LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _write_line(request: HttpRequest, response: HttpResponseBase, began: float) -> None:
    """The request's line: keys only. The route is the pattern of the address, never what stood in it."""
    match = request.resolver_match
    actor = getattr(request, "actor", None)
    user = getattr(actor, "user", None) or getattr(request, "_cached_user", None)
    facts = {
        "actor": getattr(user, "pk", None),
        "place": sorted(_units(actor)) or None,
        "view": match.view_name if match else None,
        "method": request.method if request.method in METHODS else "other",
        "route": match.route if match else None,
        "status": response.status_code,
    }
    if response.status_code == 403:
        security("refused", **facts)
    static = request.path.startswith(settings.STATIC_URL)
    write = REQUESTS.debug if static else REQUESTS.info
    write("request", **facts, ms=round((time.perf_counter() - began) * 1000, 1))


def _count(request: HttpRequest, response: HttpResponseBase, began: float) -> None:
    """The same request among all: a page by its name, what is no page under one."""
    match = request.resolver_match
    static = request.path.startswith(settings.STATIC_URL)
    count_request(
        view=match.view_name or "unnamed" if match else "static" if static else "unknown",
        method=request.method if request.method in METHODS else "other",
        status=response.status_code,
        seconds=time.perf_counter() - began,
    )


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


def _units(actor: Any) -> Iterable[int]:
    """Keys of the units at which somebody holds a role: the last part of each path ("/1/20/")."""
    parts = (
        str(getattr(held, "path", "")).rstrip("/").rpartition("/")[2] for held in getattr(actor, "held", ())
    )
    return {int(part) for part in parts if part.isascii() and part.isdigit()}


class ShieldMiddleware:
    """Lá chắn: refuse before anything reads. Before sessions, so that its `process_view` is first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refuse_nul(request)
        if refused := refuse_framing(request):
            return refused
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Everybody is known by now and nothing has read the body: `CsrfViewMiddleware` does that next."""
        if any(isinstance(v, int) and abs(v) > LARGEST_KEY for v in (*args, *kwargs.values())):
            raise Http404
        if body_of(request) > most_of(request):
            return page("413.html", 413)
        if request.content_type in FORMS and request.method not in WITHOUT_BODY:
            refuse_nul_in_form(request)
        return None


def refuse_nul(request: HttpRequest) -> None:
    """No text of ours holds a NUL byte and Postgres refuses it: neither path, query nor cookie may."""
    query = request.META.get("QUERY_STRING", "")
    texts = (request.path, query, *request.COOKIES, *request.COOKIES.values())
    if "%00" in query or any("\0" in text for text in texts):
        raise BadRequest


def refuse_nul_in_form(request: HttpRequest) -> None:
    """The same for the fields of a form and the names of its files; reads the form, as CSRF would."""
    for name, values in request.POST.lists():
        if "\0" in name or any("\0" in value for value in values):
            raise BadRequest
    for name, files in request.FILES.lists():
        if "\0" in name or any("\0" in (file.name or "") for file in files):
            raise BadRequest


def refuse_framing(request: HttpRequest) -> HttpResponse | None:
    """A body without a length is not read by Django and means an empty form. All text is UTF-8: another
    charset in the header would be used to read the query too, and some ("base64") cannot.
    """
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        return page("400.html", 411)
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.strip("\"'").lower() not in {"utf-8", "utf8"}:
        raise BadRequest
    return None


def body_of(request: HttpRequest) -> int:
    """Length of the body in bytes as its header says; Django reads no more than that."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else LARGEST_KEY


def most_of(request: HttpRequest) -> int:
    """How long a body this caller may send: the account is looked up for large ones only."""
    if request.method in WITHOUT_BODY:
        return 0
    if body_of(request) <= STRANGERS_BODY or not request.user.is_authenticated:
        return STRANGERS_BODY
    if request.content_type == "multipart/form-data":
        return UPLOAD_BODY
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def may_send(cookies: str) -> int:
    """For the server, which has only the headers yet: the largest body it should take in for this caller."""
    from importlib import import_module

    request = HttpRequest()
    try:
        request.COOKIES = parse_cookie(cookies)
    except CookieError:
        return STRANGERS_BODY
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if not key or "\0" in key:
        return STRANGERS_BODY
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return UPLOAD_BODY if get_user(request).is_authenticated else STRANGERS_BODY


def page(template: str, status: int) -> HttpResponse:
    """A page that needs nothing but its template: neither an account nor the request."""
    return HttpResponse(get_template(template).render(), status=status)
