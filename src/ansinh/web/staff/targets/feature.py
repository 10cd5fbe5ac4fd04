"""Chỉ tiêu: progress, plans, published figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.STEERING, _("Chỉ tiêu"), "targets", "target.read", order=10),),
)
