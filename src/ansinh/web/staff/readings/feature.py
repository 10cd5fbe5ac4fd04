"""Nhật ký truy cập."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.INSPECTION, _("Nhật ký truy cập"), "readings", "reading.read", order=90),),
)
