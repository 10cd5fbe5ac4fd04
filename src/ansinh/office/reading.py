"""Nhật ký truy cập: every read of a person's or employer's record is written down with its purpose."""

from __future__ import annotations

from ansinh.office.access import Actor
from ansinh.office.models import Reading

PURPOSE_MAX = 120


def record(actor: Actor, *, subject: str, subject_id: int, purpose: str, address: str) -> None:
    """Write one read: `subject` is person, employer or list; `purpose` in words; `address` the page."""
    Reading.objects.create(
        user=actor.user,
        subject=subject,
        subject_id=subject_id,
        purpose=purpose[:PURPOSE_MAX],
        address=address[:200],
    )
