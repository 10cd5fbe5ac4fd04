"""Thứ tự tên: the order of the indexes by which names are found."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OrderBy


class ByPattern(OrderBy):
    """Theo chữ không dấu: byte by byte, as an index of `varchar_pattern_ops` has it, whatever the collation.

    A list of names that begin with some letters is read from that index in this order; in the Vietnamese
    order all of them would have to be sorted.
    """

    def as_sql(self, compiler: Any, connection: Any, template: str | None = None, **extra: Any) -> Any:
        """`ORDER BY name_fold USING ~<~`; Django wants to read which way, so it stands there as a remark."""
        way = "USING ~>~ /* DESC */" if self.descending else "USING ~<~ /* ASC */"
        return super().as_sql(compiler, connection, template or f"%(expression)s {way}", **extra)


def by_folded_name(down: bool) -> ByPattern:
    """Names without marks, downwards or up."""
    return ByPattern(F("name_fold"), descending=down)
