"""Mã yêu cầu trên trang lỗi: `{% request_code %}`, also on pages drawn without a context."""

from __future__ import annotations

from django import template
from structlog.contextvars import get_contextvars

register = template.Library()


@register.simple_tag
def request_code() -> str:
    """The code of the request under way, by which its line in the log is found; empty outside a request."""
    return str(get_contextvars().get("request", ""))
