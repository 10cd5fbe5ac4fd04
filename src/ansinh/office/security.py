"""Sự kiện an toàn: failed sign-ins, refusals, changes of rights, alarms, each one line of the log.

    security("rights.granted", by=actor.user.pk, user=account.pk, role="collection", unit=unit.pk)

Facts are keys of the database, codes and counts; a key that is not on the list is not written
(`config.logs.KEYS`, and a test reads every call). The line carries the code of the request under way and the
address it came from. What must be proved later belongs in tables, not here.
"""

from __future__ import annotations

from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, get_contextvars

EVENTS = structlog.stdlib.get_logger("ansinh.security")
CALLER = "_caller"  # not a key that lines may have: only events tell the address


def called_from(address: str) -> None:
    """Remember where the request under way came from, for its events."""
    bind_contextvars(**{CALLER: address})


def security(event: str, **facts: Any) -> None:
    """Write one event: a dotted name ("signin.failed") and its facts."""
    EVENTS.warning(event, address=get_contextvars().get(CALLER), **facts)
