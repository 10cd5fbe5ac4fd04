"""Giải quyết hồ sơ: mine, waiting, done, of every procedure; the acts of the panel; stand-ins and bars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(
        Entry(Group.NONE, _("Giải quyết hồ sơ"), "cases", "case.work", order=60),
        Entry(Group.ADMINISTRATION, _("Thay người, tránh hồ sơ"), "case_people", "case.bar", order=80),
    ),
)
