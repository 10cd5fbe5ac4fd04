"""Lời của thư viện luật trong trang: words and errors in the reader's language."""

from __future__ import annotations

from django import template

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc.explained import Words
from ansinh.web.staff.doors import english

register = template.Library()


@register.filter
def spoken(words: Words | BilingualError) -> str:
    """The Vietnamese or the English of words that carry both."""
    return words.en if english() else words.vi
