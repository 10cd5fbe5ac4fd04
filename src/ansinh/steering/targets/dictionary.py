"""Danh mục chỉ tiêu: the indicators as the house defines them, before they are in the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """Một chỉ tiêu; the fields of `models.Indicator`."""

    code: str
    name_vi: str
    name_en: str
    short_vi: str
    measure: str
    kind: str
    union_vi: str
    union_en: str
    rule: str
    decimals: int
    better: str
    planned: bool
    position: int

    def fields(self) -> dict[str, Any]:
        """The fields as a mapping, to write them."""
        return asdict(self)


@cache
def entries() -> Mapping[str, Entry]:
    """Indicators by code, in their order on screen."""
    text = resources.files("ansinh.steering.targets").joinpath("indicators.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {item["code"]: _entry(item, position) for position, item in enumerate(yaml.safe_load(text), start=1)}
    )


def _entry(item: Mapping[str, Any], position: int) -> Entry:
    union = item.get("union", ("Theo nguồn công bố", "As the source counts"))
    return Entry(
        code=item["code"],
        name_vi=item["name"][0],
        name_en=item["name"][1],
        short_vi=item["short"],
        measure=item["measure"],
        kind=item["kind"],
        union_vi=union[0],
        union_en=union[1],
        rule=item.get("rule", ""),
        decimals=item.get("decimals", 0),
        better=item.get("better", "higher"),
        planned=item.get("planned", False),
        position=position,
    )


NAMES: tuple[str, ...] = tuple(Entry.__dataclass_fields__)
"""Names of the fields of an entry."""
