"""Điều người xem hỏi: months, units, keys and objects from an address, or 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from ansinh.collection.month import selectors
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office import reading
from ansinh.office.models import Unit
from ansinh.office.reading import Purpose, Subject
from ansinh.office.rights import Actor, units

T = TypeVar("T")
P = ParamSpec("P")
DIGITS = 18  # a key of the database has no more


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the gate found them."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def opened(
    request: HttpRequest, door: Callable[Concatenate[Actor, P], T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """An object through its door, which checks the verb and writes the reading; 404 outside the scope."""
    try:
        return door(actor_of(request), *args, **kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def key(text: str | None) -> int | None:
    """A key of the database as an address or a form field gives it; None for anything else."""
    given = (text or "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) <= DIGITS else None


def month(text: str) -> Month:
    """A month of the address, 2026-06; 404 for anything else."""
    try:
        return Month.parse(text)
    except BilingualError as error:
        raise Http404 from error


def province(request: HttpRequest, verb: str) -> Unit:
    """The province in question: named by `?tinh=`, else the actor's first; 404 when there is none.

    Only a province at which the verb is held: an officer of one of its offices holds nothing there.
    """
    return _chosen(request, selectors.provinces(actor_of(request), verb).order_by("code"), verb)


def province_above(request: HttpRequest, verb: str) -> Unit:
    """The province at which, or at an office of which, the verb is held: to see which months there are."""
    return _chosen(request, selectors.provinces_above(actor_of(request), verb).order_by("code"), verb)


def office(request: HttpRequest, verb: str) -> Unit:
    """The unit an officer works for: named by `?don-vi=`, else the widest where the verb is held; or 404."""
    asked = request.POST.get("don-vi") or request.GET.get("don-vi")
    named = key(asked) if asked else None
    found = None if asked and named is None else units.held(actor_of(request), verb, named)
    return found or no_unit(request, verb)


def no_unit(request: HttpRequest, verb: str) -> NoReturn:
    """No unit at which the verb is held, or none of those asked for: the attempt is written, then 404."""
    reading.missed(actor_of(request), Subject.UNIT, 0, purpose=Purpose.LOOKUP, verb=verb)
    raise Http404


def _chosen(request: HttpRequest, held: QuerySet[Unit], verb: str) -> Unit:
    asked = request.POST.get("tinh") or request.GET.get("tinh")
    found = held.filter(code=asked[:12]).first() if asked else held.first()
    return found or no_unit(request, verb)
