"""Cổng: deny by default. A view without a declared rule is refused, whoever asks.

    @rule("person.read")          # an officer who holds the verb somewhere and has shown a second factor
    @rule(signed_in=True)         # anybody signed in
    @rule(public=True)            # everybody

The gate only spares the rest the trouble: what the actor may see and do *where* is asked of each room's
`access.py` and services, with the place. When the page is made it writes what the doors let through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from ansinh.office import reading
from ansinh.office.rights import Actor, Denied, actor_of

Found = TypeVar("Found", bound=Callable[..., Any])

# Views of installed packages that have their own guards. Everything else must carry a rule.
GUARDED_ELSEWHERE = frozenset(
    {
        "django.contrib.staticfiles.views",
    }
)

METHODS = ("GET", "HEAD", "POST")
"""What pages answer; a page that takes no form says so itself, in the URL table."""


@dataclass(frozen=True)
class Rule:
    """Điều kiện vào một trang: exactly one of verb, signed_in, public; second_factor applies to staff."""

    verb: str = ""
    signed_in: bool = False
    public: bool = False
    second_factor: bool = True

    def __post_init__(self) -> None:
        if sum((bool(self.verb), self.signed_in, self.public)) != 1:
            raise ValueError("a rule is a verb, or signed_in, or public")


def rule(
    verb: str = "", *, signed_in: bool = False, public: bool = False, second_factor: bool = True
) -> Callable[[Found], Found]:
    """Declare who may call a view, a function or a class. `second_factor=False` is for setting it up."""
    declared = Rule(verb, signed_in, public, second_factor)

    def mark(view: Found) -> Found:
        view.gate_rule = declared  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(view: Any) -> Rule | None:
    """The rule a view callable carries, on itself or on its class; None when it carries none."""
    found = getattr(view, "gate_rule", None) or getattr(getattr(view, "view_class", None), "gate_rule", None)
    return found if isinstance(found, Rule) else None


def is_guarded_elsewhere(view: Any) -> bool:
    """Whether the view belongs to an installed package that guards itself."""
    return getattr(view, "__module__", "") in GUARDED_ELSEWHERE


def has_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session (a time code or a recovery code)."""
    return any(r.get("method") == "mfa" for r in get_authentication_records(request, request.user))


class GateMiddleware:
    """Refuse what no rule allows; put `request.actor` on what is allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        answer = self.get_response(request)
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is not None and actor.log is not None:
            actor.log.write()  # the view's transaction is over: what was refused is kept too
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Return the refusal or detour, or None to let the view answer."""
        if is_guarded_elsewhere(view):
            return None
        declared = rule_of(view)
        if declared is None:
            raise PermissionDenied
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.user.is_authenticated:
            request.actor = actor_of(request.user, log=_log(request))  # type: ignore[attr-defined]
        if declared.public:
            return None
        if not request.user.is_authenticated:
            return _detour(request, str(settings.LOGIN_URL))
        if (
            declared.second_factor
            and request.actor.is_staff  # type: ignore[attr-defined]
            and not has_second_factor(request)
        ):
            enrolled = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
            return _detour(request, "mfa_reauthenticate" if enrolled else "mfa_activate_totp")
        if declared.verb and not _may_enter(request.actor, declared.verb):  # type: ignore[attr-defined]
            reading.refused(request.actor, declared.verb)  # type: ignore[attr-defined]
            raise PermissionDenied
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A service that refuses (`Denied`) answers 403, like the gate itself."""
        if isinstance(exception, Denied):
            from django.views.defaults import permission_denied

            reading.refused(request.actor, exception.verb)  # type: ignore[attr-defined]
            return permission_denied(request, exception)
        return None


def _may_enter(actor: Actor, verb: str) -> bool:
    """Officers only: what a mandate opens is shown by pages of its own that show its party only."""
    return actor.is_staff and actor.somewhere(verb)


def _log(request: HttpRequest) -> reading.Log:
    """What this request will have shown; the address without its question, which may hold a name."""
    match = request.resolver_match
    return reading.Log(
        user_id=int(request.user.pk or 0),
        view=(match.url_name or "") if match else "",
        address=request.path,
        request=getattr(request, "request_id", ""),
    )


def _detour(request: HttpRequest, name: str) -> HttpResponseBase:
    """To a sign-in page and back; a fragment asked by htmx moves the whole page.

    Who has sent a form returns to the page of the form, where the draft is, not to an address that takes
    only what is sent.
    """
    htmx = getattr(request, "htmx", None)
    if htmx:
        back = htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(f"{resolve_url(name)}?{urlencode({'next': back})}")
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_of_form(request)
    return redirect(f"{resolve_url(name)}?{urlencode({'next': back})}")


def _page_of_form(request: HttpRequest) -> str:
    """The path of the page that sent the form, when it is ours; else the start page."""
    sent_from = urlsplit(request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return "/"
    return sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")
