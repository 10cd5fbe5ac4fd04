"""Quỹ thành phần trên C69a-HD, C83a-HD: twelve figures that describe one position, in the forms' order."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Group:
    """Dòng nhóm: a printed heading such as "I — Đơn vị, người tham gia đóng" or an employer's name."""

    order: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Số phải thu và số xử lý chậm đóng theo quỹ: dues and charges by component fund, in dong.

    Parts only; what the forms print under "Cộng" is computed, so it cannot disagree with its parts.
    """

    due_sickness: int = 0
    due_injury: int = 0
    due_retirement: int = 0
    charge_sickness: int = 0
    charge_injury: int = 0
    charge_retirement: int = 0
    due_unemployment: int = 0
    charge_unemployment: int = 0
    due_health: int = 0
    charge_health: int = 0

    @property
    def due_social(self) -> int:
        """BHXH phải thu, cộng."""
        return self.due_sickness + self.due_injury + self.due_retirement

    @property
    def charge_social(self) -> int:
        """BHXH xử lý chậm đóng, trốn đóng, cộng."""
        return self.charge_sickness + self.charge_injury + self.charge_retirement

    @property
    def total(self) -> int:
        """Every dong once: dues and charges of all funds."""
        return (
            self.due_social
            + self.charge_social
            + self.due_unemployment
            + self.charge_unemployment
            + self.due_health
            + self.charge_health
        )

    def figures(self) -> tuple[int, ...]:
        """Mười hai cột: the twelve official columns, totals included."""
        return (
            self.due_social,
            self.due_sickness,
            self.due_injury,
            self.due_retirement,
            self.charge_social,
            self.charge_sickness,
            self.charge_injury,
            self.charge_retirement,
            self.due_unemployment,
            self.charge_unemployment,
            self.due_health,
            self.charge_health,
        )

    def __add__(self, other: "Position") -> "Position":
        return Position(**{name: getattr(self, name) + getattr(other, name) for name in PARTS})

    def __sub__(self, other: "Position") -> "Position":
        return Position(**{name: getattr(self, name) - getattr(other, name) for name in PARTS})

    @classmethod
    def sum(cls, positions: Iterable["Position"]) -> "Position":
        """Cộng nhiều dòng."""
        totals = dict.fromkeys(PARTS, 0)
        for position in positions:
            for name in PARTS:
                totals[name] += getattr(position, name)
        return cls(**totals)

    @classmethod
    def from_figures(cls, figures: Iterable[int]) -> Self:
        """From twelve official columns; the two "Cộng" among them must equal their parts, or ValueError."""
        values = tuple(figures)
        made = cls(**dict(zip(PARTS, (*values[1:4], *values[5:8], *values[8:12]), strict=True)))
        if made.figures() != values:
            message = f"columns do not add up: {values}"
            raise ValueError(message)
        return made


PARTS = tuple(field.name for field in fields(Position))
