"""Thanh điều hướng: the services of the officers' face, each shown to who may use it.

An item whose page does not exist is left out, so a room can name its page before the page is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.office.rights import Actor


@dataclass(frozen=True)
class Item:
    """Mục điều hướng: `url_name` is reversed without arguments; `verb` decides who sees it.

    `kinds` are the kinds of unit whose page it is: a ledger is a province's, so a base office has no link.
    """

    label: str | Promise
    url_name: str
    verb: str
    kinds: tuple[str, ...] = ()


ITEMS = (
    Item(_("Việc cần làm"), "work", "work.read"),
    Item(_("Người tham gia"), "people", "person.read"),
    Item(_("Đơn vị"), "employers", "employer.read"),
    Item(_("Hồ sơ thu"), "declarations", "declaration.read"),
    Item(_("Tiền nộp"), "receipts", "receipt.read"),
    Item(_("Kỳ thu"), "runs", "run.read"),
    Item(_("Báo cáo"), "reports", "report.read"),
    Item(_("Chỉ tiêu"), "targets", "target.read"),
    Item(_("Tính theo luật"), "calculators", "law.read"),
    Item(_("Sổ cái"), "ledger", "ledger.read", ("vss", "province")),
    Item(_("Nhật ký truy cập"), "readings", "reading.read"),
    Item(_("Quản trị"), "administration", "rights.grant"),
    Item(_("Mẫu giao diện"), "ui", "ui.read"),
)


@dataclass(frozen=True)
class Link:
    """An item as drawn: where it leads and whether the reader is there."""

    label: str | Promise
    url: str
    current: bool


def links(request: HttpRequest, actor: Actor | None) -> list[Link]:
    """The items this actor may use, in order; none when nobody is signed in."""
    if actor is None or not actor.is_staff:
        return []
    drawn = []
    for item in ITEMS:
        if not actor.somewhere(item.verb, kinds=item.kinds):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:
            continue
        current = request.path == url or (url != "/" and request.path.startswith(url))
        drawn.append(Link(item.label, url, current))
    return drawn
