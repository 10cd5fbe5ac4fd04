"""Thông báo C12-TS, mẫu của kỳ, văn bản đôn đốc."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.collection.notices import selectors
from ansinh.kernel.months import Month
from ansinh.office.rights import Actor
from ansinh.web.features import Feature, Numbered


def _pages(actor: Actor, keys: Collection[int]) -> dict[int, str]:
    return {
        pk: reverse("statement", args=[employer, Month.from_index(month)])
        for pk, employer, month in selectors.urges_in_scope(actor)
        .filter(pk__in=keys)
        .values_list("pk", "employer_id", "month")
    }


FEATURE = Feature(
    __name__,
    numbered=(Numbered("urge", _("Văn bản đôn đốc 01-ĐĐ"), _pages),),
    reached="each month on the page of months leads to its papers",
)
