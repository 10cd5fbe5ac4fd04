"""Sổ cái."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(
        Entry(Group.COLLECTION, _("Sổ cái"), "ledger", "ledger.read", kinds=("vss", "province"), order=50),
    ),
)
