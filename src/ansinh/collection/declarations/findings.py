"""Kết quả kiểm tra một danh sách: what was found, where, how grave, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ansinh.forms.intake.problems import Problem


class Level(StrEnum):
    """Mức độ: an error stops the list, a returned row stays out, a warning is for the officer's eye."""

    ERROR = "error"
    RETURNED = "returned"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Một điều tìm thấy. `row` counts from 1 in the sheet (0 = the whole list); `column` is a column code."""

    level: str
    code: str
    vi: str
    en: str
    column: str = ""
    cell: str = ""
    row: int = 0
    value: str = ""
    sheet: str = ""

    @classmethod
    def of(cls, problem: Problem) -> Finding:
        """A problem of reading, as an error."""
        return cls(
            Level.ERROR,
            "reading",
            problem.vi,
            problem.en,
            problem.column_code,
            problem.cell,
            problem.row,
            problem.value,
            problem.sheet,
        )

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Finding:
        """The finding stored by `json`."""
        return cls(**values)

    def json(self) -> dict[str, Any]:
        """Plain values to store."""
        return asdict(self)

    def problem(self) -> Problem:
        """As a remark in the sender's own file."""
        return Problem(self.sheet, self.cell, self.row, self.column, self.vi, self.en, self.value)

    def __str__(self) -> str:
        return f"{self.cell}: {self.vi} / {self.en}" if self.cell else f"{self.vi} / {self.en}"
