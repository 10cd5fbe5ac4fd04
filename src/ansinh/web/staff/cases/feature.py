"""Giải quyết hồ sơ: mine, waiting, done, of every procedure; the acts of the panel; stand-ins and bars."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.office.cases import selectors
from ansinh.office.rights import Actor
from ansinh.web.features import Entry, Feature, Group, Numbered


def _pages(actor: Actor, keys: Collection[int]) -> dict[int, str]:
    found = selectors.in_scope(actor).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    return {pk: reverse("case", args=[pk]) for pk in found}


FEATURE = Feature(
    __name__,
    entries=(
        Entry(Group.NONE, _("Giải quyết hồ sơ"), "cases", "case.work", order=60),
        Entry(Group.ADMINISTRATION, _("Thay người, tránh hồ sơ"), "case_people", "case.bar", order=80),
    ),
    numbered=(Numbered("case", _("Hồ sơ"), _pages),),
)
