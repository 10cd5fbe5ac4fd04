"""Đơn vị, tờ khai TK3-TS, tình trạng đơn vị."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.PEOPLE, _("Đơn vị"), "employers", "employer.read", order=20),),
)
