"""An toàn: security events."""

from __future__ import annotations

import logging


def security(event: str, **facts: object) -> None:
    """Ghi một sự kiện."""
    logging.getLogger("ansinh.security").warning("%s %s", event, facts)
