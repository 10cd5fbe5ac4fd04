"""Quyền về chỉ tiêu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.rights import declare

declare(
    "target.read",
    _("Xem chỉ tiêu, số liệu"),
    roles=(
        "reception",
        "collection",
        "benefits",
        "health_review",
        "finance",
        "checks",
        "planning",
        "director",
    ),
)
declare("target.edit", _("Lập, giao, quyết định chỉ tiêu"), roles=("planning", "director"))
