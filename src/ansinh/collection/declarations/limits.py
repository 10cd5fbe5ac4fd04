"""Mức phải có người thứ hai: how many people or how much money one person may book alone, by unit.

A unit sets its own limits, or takes those of the unit above it; where nobody sets any, the product's hold.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.collection.declarations.preview import Preview
from ansinh.kernel.money import format_dong
from ansinh.kernel.words import Words
from ansinh.office.models import Unit

BOOKING_PEOPLE = 50
BOOKING_MONEY = 500_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Mức của một cơ quan: people changed, and dong by which dues change; above either it takes two."""

    people: int
    money: int

    @classmethod
    def of(cls, unit: Unit) -> Limits:
        """The limits in force at a unit (one query)."""
        above = [int(pk) for pk in unit.path.strip("/").split("/")]
        rows = Unit.objects.filter(pk__in=above).values_list("path", "booking_people", "booking_money")
        nearest = sorted(rows, key=lambda row: -len(row[0]))
        people = next((row[1] for row in nearest if row[1] is not None), BOOKING_PEOPLE)
        money = next((row[2] for row in nearest if row[2] is not None), BOOKING_MONEY)
        return cls(people, money)

    def above(self, shown: Preview) -> list[Words]:
        """Why a list needs a second person, in words; empty when whoever received it may book it."""
        found: list[Words] = []
        if shown.touched > self.people:
            found.append(
                Words(
                    f"Danh sách thay đổi {shown.touched} người, trên mức {self.people} người.",
                    f"The list changes {shown.touched} people; the limit is {self.people}.",
                )
            )
        if shown.moved > self.money:
            found.append(
                Words(
                    f"Danh sách thay đổi {format_dong(shown.moved)} đồng phải thu, trên mức "
                    f"{format_dong(self.money)} đồng.",
                    f"The list moves dues by {format_dong(shown.moved)} dong; the limit is "
                    f"{format_dong(self.money)}.",
                )
            )
        if shown.needs_director:
            found.append(
                Words(
                    "Danh sách có truy thu cộng nối thời gian: giám đốc duyệt.",
                    "The list has back payments that add time: the director approves.",
                )
            )
        return found
