"""Mẫu giao diện: every component, on a developer's site."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.DEVELOPERS, _("Mẫu giao diện"), "ui", "ui.read"),),
    developers=True,
)
