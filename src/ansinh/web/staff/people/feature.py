"""Người tham gia, hộ gia đình, tờ khai TK1-TS."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.PEOPLE, _("Người tham gia"), "people", "person.read", order=10),),
)
