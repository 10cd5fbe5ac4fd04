"""Lịch sử của sổ: who changed people, employers and what they take part in."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.office import history
from ansinh.office.history import Change, Trail
from ansinh.office.models import Unit, User
from ansinh.registers.models import Employer, Household

__all__ = ["TRACKED", "Change", "changes", "names"]

TRACKED = {
    "person": Trail("registers_personevent", "registers_person"),
    "employer": Trail("registers_employerevent", "registers_employer"),
    "household": Trail("registers_householdevent", "registers_household"),
    "participation": Trail("registers_participationevent", "registers_participation"),
    "collecting_account": Trail("registers_collectingaccountevent", "registers_collectingaccount"),
    "user": history.USER,
    "unit": history.UNIT,
}


def changes(table: str, keys: Iterable[int]) -> list[Change]:
    """Lịch sử thay đổi: that of the rows, newest first (one query)."""
    return history.changes(TRACKED[table], keys)


def names(kind: str, keys: Iterable[int]) -> dict[int, str]:
    """Tên của những khóa trong lịch sử: units, officers, households, employers; at most one query."""
    model, field = {
        "unit": (Unit, "name"),
        "officer": (User, "full_name"),
        "household": (Household, "code"),
        "employer": (Employer, "name"),
    }[kind]
    wanted = set(keys)
    return dict(model._default_manager.filter(pk__in=wanted).values_list("pk", field)) if wanted else {}  # noqa: SLF001
