"""Lỗi trong danh sách: what is wrong, where, in both languages. Collected, never raised half-way."""

from dataclasses import dataclass

from ansinh.forms.intake.files import CellValue
from ansinh.forms.intake.readings import shown
from ansinh.kernel.errors import BilingualError, excerpt

MOST_PROBLEMS = 10_000
"""Problems kept of one file: a person reads fewer, and millions of them would fill the memory."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Một lỗi: sheet, cell ("B12"), row from 1 (0 when it concerns no row), column code, words, value."""

    sheet: str
    cell: str
    row: int
    column_code: str
    vi: str
    en: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.cell}: {self.vi} / {self.en}"

    @classmethod
    def of(
        cls,
        error: BilingualError,
        *,
        sheet: str,
        cell: str,
        row: int,
        column_code: str,
        value: CellValue = None,
    ) -> "Problem":
        """A refusal of one reading, at its cell."""
        return cls(sheet, cell, row, column_code, error.vi, error.en, value_of(value))


def value_of(value: CellValue) -> str:
    """Giá trị đã nhập: kept beside the problem; printable, at most 200 signs."""
    return excerpt(shown(value), 200)


def too_many(sheet: str) -> Problem:
    """Quá nhiều lỗi: what is written in place of the problems beyond ``MOST_PROBLEMS``."""
    return Problem(
        sheet,
        "",
        0,
        "",
        f"Còn lỗi khác: chỉ ghi {MOST_PROBLEMS} lỗi đầu tiên.",
        f"There are more: only the first {MOST_PROBLEMS} are listed.",
    )
