"""Quản trị: accounts, rights, offices, days off, alerts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.office.staff import selectors
from ansinh.web.features import Entry, Feature, Group, Queue
from ansinh.web.staff.administration import tables
from ansinh.web.staff.administration.shell import TABS, Tab

INSPECTED = "alerts"
ELSEWHERE = "readings"  # a feature of its own registers the log


def _entry(tab: Tab, place: int) -> Entry:
    group = Group.INSPECTION if tab.name == INSPECTED else Group.ADMINISTRATION
    return Entry(group, tab.label, tab.url_name, tab.verb, kinds=tab.kinds, order=20 + place)


FEATURE = Feature(
    __name__,
    entries=(
        Entry(Group.ADMINISTRATION, _("Tổng quan"), "administration", "rights.grant", order=10),
        *(_entry(tab, place) for place, tab in enumerate(TABS) if tab.name != ELSEWHERE),
    ),
    queues=(
        Queue(
            "quyen-cho-dong-y",
            _("Quyền chờ đồng ý"),
            "rights.grant",
            selectors.waiting,
            tables.rights,
            order=90,
            counted=selectors.waiting_sets,
        ),
    ),
)
