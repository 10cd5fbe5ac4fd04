"""Quyền về sổ cái."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.rights import declare

declare("ledger.read", _("Xem sổ cái"), roles=("finance", "director"))
