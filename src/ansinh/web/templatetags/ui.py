"""Bộ lọc mẫu trang: `{{ amount|dong }}`, `{{ run.month|month }}`, `{% control field kind %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from ansinh.kernel.money import format_dong
from ansinh.web.accounts import samples
from ansinh.web.ui import markup, statuses, words

register = template.Library()

KINDS = {
    "select": "choice",
    "radioselect": "choice",
    "checkbox": "choice",
    "checkboxselectmultiple": "choice",
    "clearablefile": "file",
}

register.filter("dong", words.money)
register.filter("number", words.number)
register.filter("counted", words.counted)
register.filter("percent", words.percent)
register.filter("day", words.day)
register.filter("month", words.month)
register.filter("coefficient", words.coefficient)
register.filter("masked", words.masked)
register.filter("grouped", words.grouped)
register.filter("due", words.due)
register.filter("due_tone", words.due_tone)
register.filter("portal_status", statuses.portal)
register.filter("filter_bar", markup.filter_bar)
register.filter("column_chooser", markup.chooser)
register.filter("table_head", markup.head)
register.filter("table_body", markup.body)
register.filter("table_pages", markup.pages)


@register.filter
def vnd(value: Any) -> str:
    """12.345.678 đ: the unit bound by a non-breaking space."""
    return "" if value in (None, "") else format_dong(int(value), unit=True)


@register.filter
def written(value: Any, kind: str) -> str:
    """A value by its kind: money, number, percent, date, month, due, code, text."""
    return words.cell(value, kind)


@register.filter
def field_kind(field: BoundField) -> str:
    """The kind of a form field: its own, or that of its control."""
    own = getattr(field.field, "kind", "")
    return own or KINDS.get(field.widget_type, field.widget_type)


@register.simple_tag
def control(field: BoundField, kind: str, described_by: str) -> SafeString:
    """The control of a field, told what describes it, with the keyboard a phone should show."""
    attrs: dict[str, Any] = {}
    if "placeholder" in field.field.widget.attrs:
        attrs["placeholder"] = False  # the label says it, and stays when one types
    if described_by.strip():
        attrs["aria-describedby"] = " ".join(described_by.split())
    if field.errors:
        attrs["aria-invalid"] = "true"
    if kind in {"money", "number", "code", "date", "partial-date", "month"}:
        attrs["autocomplete"] = field.field.widget.attrs.get("autocomplete", "off")
        attrs["inputmode"] = "numeric" if kind in {"money", "number"} else "text"
        attrs["spellcheck"] = "false"
    return SafeString(field.as_widget(attrs=attrs))


@register.simple_tag(takes_context=True)
def demo_code(context: Any) -> str:
    """Mã lúc này: that of the demo account that is signing in; "" outside the demo profile."""
    stage = getattr(context["request"], "_login_stage", None)
    name = stage.login.user.username if stage else ""
    return next((a["code"] for a in samples.listed() if a["username"] == name), "")
