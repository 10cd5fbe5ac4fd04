"""Bộ lọc của màn hình viên chức."""

from __future__ import annotations

from django import template

from ansinh.kernel.months import Month

register = template.Library()


@register.filter
def month_slug(index: int) -> str:
    """A stored month as it stands in an address: 2026-06."""
    return str(Month.from_index(index))
