"""Mở cửa: objects of the collection room by access functions, or 404; small reads the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from ansinh.collection.month import selectors as months
from ansinh.kernel.workdays import working_days_between
from ansinh.office.access import Actor
from ansinh.office.models import Unit
from ansinh.registers import search
from ansinh.web.staff.asking import actor_of

T = TypeVar("T")


def opened(request: HttpRequest, door: Callable[[Actor, int, str], T], pk: int, verb: str) -> T:
    """An object within the actor's scope for a verb; 404 outside it."""
    try:
        return door(actor_of(request), pk, verb)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def days_left(due_on: object) -> int | None:
    """Số ngày làm việc còn lại đến hạn, negative when late; None without a date."""
    return working_days_between(timezone.localdate(), due_on) if due_on else None  # type: ignore[arg-type]


def employers_found(actor: Actor, text: str) -> list[search.Hit]:
    """Đơn vị tìm được bằng ô tìm kiếm: code, tax code, phone or name."""
    return [hit for hit in search.search(actor, text) if hit.kind == "employer"] if text else []


def communes(actor: Actor, verb: str, also: str | None = None) -> list[Unit]:
    """Xã, phường hiện có of the actor's provinces, in Vietnamese order, and the one with the key `also`."""
    places = Q(pk__in=[])
    for province in months.provinces(actor, verb):
        places |= Q(path__startswith=province.path)
    return _units(Q(kind=Unit.Kind.COMMUNE) & places, also)


def offices(actor: Actor, verb: str, also: str | None = None) -> list[Unit]:
    """BHXH cơ sở hiện có in the actor's scope, in Vietnamese order."""
    return _units(Q(kind=Unit.Kind.BASE_OFFICE) & actor.within(verb, "path"), also)


def _units(wanted: Q, also: str | None) -> list[Unit]:
    kept = Q(pk=int(also)) if also else Q(pk__in=[])
    return list(Unit.objects.filter((wanted & Q(valid_to__isnull=True)) | kept).order_by("name_sort"))
