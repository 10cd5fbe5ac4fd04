"""Giải quyết hồ sơ: mine, waiting, done, of every procedure; the acts of the panel; stand-ins and bars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.cases import selectors
from ansinh.web.features import Entry, Feature, Group, Queue
from ansinh.web.staff.cases import tables

FEATURE = Feature(
    __name__,
    entries=(
        Entry(Group.NONE, _("Giải quyết hồ sơ"), "cases", "case.work", order=60),
        Entry(Group.ADMINISTRATION, _("Thay người, tránh hồ sơ"), "case_people", "case.bar", order=80),
    ),
    queues=(
        Queue("ho-so-duoc-giao", _("Hồ sơ được giao"), "case.work", selectors.mine, tables.cases, order=5),
    ),
)
