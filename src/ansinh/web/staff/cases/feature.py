"""Giải quyết hồ sơ: mine, waiting, done, of every procedure; the acts of the panel; stand-ins and bars."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from ansinh.office.cases import selectors
from ansinh.office.rights import Actor
from ansinh.web.features import Entry, Feature, Group, Numbered
from ansinh.web.staff import casework


def _pages(actor: Actor, keys: Collection[int]) -> dict[int, str]:
    """The page of a case's thing, which whoever reads the case may open; its own asks for work on cases."""
    found = selectors.in_scope(actor).filter(pk__in=keys)
    worked = set(found.filter(actor.within("case.work")).order_by().values_list("pk", flat=True))
    return {case.pk: casework.page_of(case) for case in found if case.pk in worked or casework.has_page(case)}


FEATURE = Feature(
    __name__,
    entries=(
        Entry(Group.NONE, _("Giải quyết hồ sơ"), "cases", "case.work", order=60),
        Entry(Group.ADMINISTRATION, _("Thay người, tránh hồ sơ"), "case_people", "case.bar", order=80),
    ),
    numbered=(Numbered("case", _("Hồ sơ"), _pages),),
)
