"""Tài khoản mẫu: what the sign-in page of a demonstration shows; the demonstration itself offers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings

Listing = Callable[[], Iterable[dict[str, str]]]
_offered: list[Listing] = []


def offer(listing: Listing) -> None:
    """Take the listing of the demonstration's accounts; called once, when its app is ready."""
    _offered.append(listing)


def listed() -> list[dict[str, str]]:
    """Username, password, role and current code of each account, in the demo profile only."""
    if settings.PROFILE != "demo":
        return []
    return [account for listing in _offered for account in listing()]
