"""Động từ: what may be done at all, and which role has it. Each room declares its own in its `rights.py`.

declare("receipt.match", _("Khớp tiền nộp"), roles=("collection", "finance"))
declare("own.statement", _("Xem thông báo của đơn vị mình"), mandates=("clerk",))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from ansinh.office.rights.models import Mandate, RoleAssignment


@dataclass(frozen=True)
class Verb:
    """Một việc được phép: its name (`room.act`), its words, the roles and mandates that have it."""

    name: str
    label: str | Promise
    roles: frozenset[str]
    mandates: frozenset[str]


_declared: dict[str, Verb] = {}


def declare(
    name: str, label: str | Promise, *, roles: Iterable[str] = (), mandates: Iterable[str] = ()
) -> None:
    """Khai báo một động từ. Raises ValueError for a role nobody can hold, or a name declared otherwise."""
    verb = Verb(name, label, frozenset(roles), frozenset(mandates))
    strange = (verb.roles - set(RoleAssignment.Role.values)) | (verb.mandates - set(Mandate.Role.values))
    if strange:
        raise ValueError(f"{name}: no such role: {', '.join(sorted(strange))}")
    known = _declared.setdefault(name, verb)
    if (known.roles, known.mandates) != (verb.roles, verb.mandates):
        raise ValueError(f"{name} is declared twice")


def verbs() -> dict[str, Verb]:
    """Mọi động từ đã khai báo: by name."""
    return dict(_declared)


def verb(name: str) -> Verb:
    """One verb. Raises LookupError for a name that no room declares: a slip of the pen grants nothing."""
    try:
        return _declared[name]
    except KeyError:
        raise LookupError(f"no room declares the verb {name!r}") from None


def verbs_of(role: str) -> list[Verb]:
    """Những việc một vai trò (or a mandate's role) được làm: in the order they were declared."""
    return [v for v in _declared.values() if role in v.roles | v.mandates]
