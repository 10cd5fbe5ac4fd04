"""Phiếu kiểm trước khi khóa sổ: what every room wants asked before a month's books are closed.

    checklist.register(Item("collection.files", _("Sao kê chờ xác nhận"), Weight.BLOCKS, ...))

An item that blocks is something that would make the closed month wrong; closing is refused while any of them
holds. An item to know goes on in the next month. The rooms above declare theirs when they are ready; whoever
closes books asks all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.utils.translation import override

from ansinh.kernel.months import Month
from ansinh.office.models import Unit
from ansinh.office.runs.keeper import RunError
from ansinh.office.runs.kinds import Words, function

MOST = 500
"""Rows of one item that are listed; the rest are counted."""


class Weight(Enum):
    """Mức: whether the month may be closed while it holds."""

    BLOCKS = "blocks"
    KNOW = "know"


@dataclass(frozen=True, slots=True)
class Found:
    """Kết quả kiểm một điều: how many, and how much money where it is about money (dong)."""

    count: int
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng của điều còn mở: which thing (as the pages know it), its key, what it is, when, how much.

    `employer` is whom it shows, for the reading log.
    """

    thing: str
    key: int
    text: str
    on: date | None = None
    amount: int | None = None
    employer: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Một điều phải kiểm. `find` and `rows` are "module:function" of (unit, month).

    `find` gives `Found`, `rows` the `Line`s behind it (at most MOST); `then` says what is to be done.
    """

    code: str
    name: Words
    weight: Weight
    find: str
    then: Words
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Một điều và tình trạng của nó trong kỳ."""

    item: Item
    found: Found

    @property
    def blocks(self) -> bool:
        """Whether the month stays open because of it."""
        return self.item.weight is Weight.BLOCKS and self.found.count > 0


_declared: dict[str, Item] = {}


def register(item: Item) -> None:
    """Khai báo một điều phải kiểm. Raises ValueError when its code already means something else."""
    known = _declared.setdefault(item.code, item)
    if (known.find, known.weight) != (item.find, item.weight):
        raise ValueError(f"{item.code!r} is asked otherwise already")


def items() -> list[Item]:
    """Mọi điều phải kiểm: what blocks first, each in the order it was declared."""
    return sorted(_declared.values(), key=lambda item: item.weight is not Weight.BLOCKS)


def item(code: str) -> Item:
    """One item. Raises LookupError for a code nobody declared."""
    try:
        return _declared[code]
    except KeyError:
        raise LookupError(f"nobody asks {code!r}") from None


def standing(unit: Unit, month: Month) -> list[Standing]:
    """Phiếu kiểm của một kỳ: every item with what is found now."""
    return [Standing(asked, function(asked.find)(unit, month)) for asked in items()]


def lines(asked: Item, unit: Unit, month: Month) -> list[Line]:
    """Các dòng đứng sau một điều: exactly those it counts."""
    return list(function(asked.rows)(unit, month)) if asked.rows else []


def refuse(standings: Sequence[Standing], month: Month) -> None:
    """Raise RunError, code ``month.blocked``, naming everything that blocks; nothing when nothing does."""
    blocking = [one for one in standings if one.blocks]
    if blocking:
        told = {}
        for language in ("vi", "en"):
            with override(language):
                told[language] = "; ".join(f"{one.item.name} ({one.found.count})" for one in blocking)
        raise RunError(
            f"Chưa khóa sổ kỳ {month.vi()} được: {told['vi']}",
            f"Month {month} cannot be closed yet: {told['en']}",
            code="month.blocked",
        )
