"""Kỳ thu: months of the books, their runs, closing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.web.features import Entry, Feature, Group

FEATURE = Feature(
    __name__,
    entries=(Entry(Group.COLLECTION, _("Kỳ thu"), "runs", "run.read", order=40),),
)
