"""Quyền: a verb is held at a place. Deny unless declared, granted by a second person, and in force today."""

from __future__ import annotations

from ansinh.office.rights import own  # noqa: F401 -- the office declares its verbs like every room
from ansinh.office.rights.actors import (
    Actor,
    Denied,
    Entrusted,
    Held,
    Placed,
    actor_of,
    require,
)
from ansinh.office.rights.verbs import Verb, declare, verb, verbs, verbs_of

__all__ = [
    "Actor",
    "Denied",
    "Entrusted",
    "Held",
    "Placed",
    "Verb",
    "actor_of",
    "declare",
    "require",
    "verb",
    "verbs",
    "verbs_of",
]
