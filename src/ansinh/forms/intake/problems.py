"""Lỗi trong danh sách: what is wrong, where, in both languages. Collected, never raised half-way."""

from dataclasses import dataclass

from ansinh.forms.intake.files import CellValue
from ansinh.forms.intake.readings import quoted
from ansinh.kernel.errors import BilingualError


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
        return cls(sheet, cell, row, column_code, error.vi, error.en, quoted(value))
