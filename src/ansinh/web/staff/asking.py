"""Điều người xem hỏi: months, provinces and objects from an address, or 404."""

from __future__ import annotations

from typing import Any, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest

from ansinh.collection.month import selectors
from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.office.access import Actor
from ansinh.office.models import Unit


class Door(Protocol):
    """An access function: gives the object or raises DoesNotExist."""

    def __call__(self, actor: Actor, pk: int, /, *, purpose: str, address: str) -> Any: ...


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the gate found them."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def record(request: HttpRequest, door: Door, pk: int, purpose: str) -> Any:
    """An object through its access function, read for a purpose; 404 outside the scope."""
    try:
        return door(actor_of(request), pk, purpose=purpose, address=request.path)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def month(text: str) -> Month:
    """A month of the address, 2026-06; 404 for anything else."""
    try:
        return Month.parse(text)
    except BilingualError as error:
        raise Http404 from error


def province(request: HttpRequest, verb: str) -> Unit:
    """The province in question: named by `?tinh=`, else the actor's first; 404 when there is none."""
    held = selectors.provinces(actor_of(request), verb).order_by("code")
    asked = request.POST.get("tinh") or request.GET.get("tinh")
    found = held.filter(code=asked).first() if asked else held.first()
    if found is None:
        raise Http404
    return found
