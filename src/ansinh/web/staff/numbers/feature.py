"""Sổ văn bản."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.INSPECTION, _("Sổ văn bản"), "numbers", "number.read", order=80),),
)
