"""Tính theo luật: the calculators of law."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.BENEFITS, _("Tính theo luật"), "calculators", "law.read", order=90),),
)
