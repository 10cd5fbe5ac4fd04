"""Việc cần làm: what waits, by queue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.NONE, _("Việc cần làm"), "work", "work.read"),),
)
