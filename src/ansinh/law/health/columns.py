"""Quỹ trả cho nhiều lần khám: the clauses of `visit` over a relation of facts, as one SQL text."""

from functools import lru_cache

from ansinh.kernel.months import Month
from ansinh.law.engine.columns import Column, Columns, compile_columns
from ansinh.law.health.book import BOOK
from ansinh.law.health.visits import FIRST_MONTH, LAST_MONTH, visit

_ROW_ID = {"row_id": Column("BIGINT", 0, 2**63 - 1, "số thứ tự dòng, giữ nguyên trong kết quả")}


@lru_cache(maxsize=32)
def program(first: Month = FIRST_MONTH, last: Month = LAST_MONTH) -> Columns:
    """Các quy định đã dịch cho những tháng từ `first` đến `last`."""
    name = f"law_health_{first.year:04d}{first.month:02d}_{last.year:04d}{last.month:02d}"
    return compile_columns(visit, name=name, book=BOOK, passing=_ROW_ID, months=(first, last))
