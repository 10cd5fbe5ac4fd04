"""Somebody at a desk: an actor with roles at units, without the rows that give them."""

from __future__ import annotations

from itertools import count

from ansinh.office.models import Unit, User
from ansinh.office.rights import Actor, Held

NUMBERS = count()


def seat(*held: tuple[str, Unit]) -> Actor:
    """An officer holding each role at its unit."""
    user = User.objects.create(
        username=f"seat{next(NUMBERS)}", full_name="Hoàng Văn Kiên", kind=User.Kind.STAFF
    )
    return Actor(user, held=tuple(Held(role, unit.path, unit.kind) for role, unit in held))
