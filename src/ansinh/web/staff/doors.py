"""Những điều nhiều trang cùng hỏi: the reader's language, days left, units to choose from."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language

from ansinh.collection.month import selectors as months
from ansinh.kernel.workdays import working_days_between
from ansinh.office import units
from ansinh.office.models import Unit
from ansinh.office.rights import Actor
from ansinh.registers import search


def english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def days_left(due_on: object) -> int | None:
    """Số ngày làm việc còn lại đến hạn: negative when late; None without a date."""
    return working_days_between(timezone.localdate(), due_on) if due_on else None  # type: ignore[arg-type]


def employers_found(actor: Actor, text: str) -> list[search.Hit]:
    """Đơn vị tìm được bằng ô tìm kiếm: code, tax code, phone or name."""
    return search.employers(actor, text)


def communes(actor: Actor, verb: str, also: int | None = None) -> list[Unit]:
    """Xã, phường hiện có: of the actor's provinces, in Vietnamese order, with the one of the key `also`."""
    paths = [province.path for province in months.provinces_above(actor, verb)]
    return units.present(Unit.Kind.COMMUNE, paths, also=also)


def offices(actor: Actor, verb: str, also: int | None = None) -> list[Unit]:
    """BHXH cơ sở hiện có: in the actor's scope, in Vietnamese order."""
    return units.present(Unit.Kind.BASE_OFFICE, actor.paths(verb), also=also)


def office_choices(actor: Actor, verb: str) -> list[tuple[str, str]]:
    """BHXH cơ sở: those of the scope as the choices of a filter."""
    return [(str(pk), name) for pk, name in units.names(Unit.Kind.BASE_OFFICE, actor.paths(verb))]
