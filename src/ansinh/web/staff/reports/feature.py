"""Báo cáo định kỳ."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.STEERING, _("Báo cáo"), "reports", "report.read", order=20),),
)
