"""Khung trang: what stands around every page, drawn once for all readers who see the same.

A part is a template. It depends on the language, on what the reader may open and on where they are. What is
the reader's own (their name, the token of forms, what was looked for) leaves a gap in it, to be filled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 512  # parts: roles and languages by places of the menu
GAPS = ("csrf_token", "reader", "here", "search")
MARK = re.compile("\ue000([a-z_]+)\ue001")
"""Signs of private use: no template or label holds them, and what fills a gap is not read again."""

_kept: dict[Hashable, list[str]] = {}


def drawn(
    name: str, depends: Hashable, context: Callable[[], dict[str, Any]], own: Mapping[str, object]
) -> SafeString:
    """A part `shell/<name>.html`; `context` is asked only when there is none yet for what it `depends` on.

    `own` is what is the reader's; it is escaped here. Each part kept starts with text, and every other piece
    after it is the name of a gap.
    """
    key = (name, get_language(), depends)
    pieces = _kept.get(key)
    if pieces is None:
        gaps = {gap: f"\ue000{gap}\ue001" for gap in GAPS}
        pieces = MARK.split(get_template(f"shell/{name}.html").render(context() | gaps))
        if len(_kept) >= KEPT:
            _kept.clear()
        if not settings.DEBUG:
            _kept[key] = pieces
    if len(pieces) == 1:
        return SafeString(pieces[0])
    filled = {gap: escape(value) for gap, value in own.items()}
    return SafeString("".join(filled[piece] if place % 2 else piece for place, piece in enumerate(pieces)))
