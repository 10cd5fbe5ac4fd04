"""Cỡ tỉnh mẫu: how many people, insured and employers the demonstration builds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Cỡ: headcounts. `participants` counts people once; `health` are those with a health card.

    People insured in health and people in voluntary social insurance without a card make up `participants`.
    """

    name: str
    province: str
    people: int
    participants: int
    health: int
    voluntary: int
    workers: int
    employers: int

    @property
    def voluntary_with_card(self) -> int:
        """Voluntary participants who also have a health card: those counted in both."""
        return self.health + self.voluntary - self.participants

    @property
    def health_only(self) -> int:
        """People with a health card and neither work nor voluntary insurance."""
        return self.health - self.workers - self.voluntary_with_card

    @property
    def only_workers(self) -> bool:
        """Whether everybody is somebody's employee, as in a measurement of the month's run."""
        return self.workers == self.people


# Lạng Sơn as published: 694,705 participants, 681,797 of them with a card (85 % of the people), 13,000 in
# voluntary insurance. The number of workers is ours: it puts a year's collection near the published target.
PROVINCE = Size("province", "20", 802_114, 694_705, 681_797, 13_000, 60_000, 2_500)
SMALL = Size("small", "20", 16_042, 13_894, 13_636, 260, 1_200, 50)
SIZES = {"small": SMALL, "province": PROVINCE}


def dong_nai(employees: int = 850_000, employers: int = 12_000) -> Size:
    """An industrial province of employees only, for measuring a month's run."""
    return Size("dong_nai", "75", employees, employees, employees, 0, employees, employers)
