"""Số liệu đã công bố: the press figures the house carries, what they imply, and whether they agree.

Nothing here touches the record: `services.load_published` writes what this module reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ansinh.kernel.errors import BilingualError
from ansinh.steering.targets.intervals import (
    QUALIFIERS,
    Implied,
    Interval,
    Qualifier,
    as_printed,
    implied_whole,
    percent,
    point,
    qualified,
)


class BadFigure(BilingualError):  # noqa: N818 -- read as a sentence: raise BadFigure(...)
    """Số liệu ghi sai: an entry of the list of published figures that cannot be read."""


@dataclass(frozen=True, slots=True)
class Article:
    """Nguồn: number, what it is about, and its own dates; a day not known is None."""

    number: str
    topic: str
    as_of: date
    published: date | None = None
    event: date | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Một số liệu đã công bố. `interval` is what the amount may be, given its qualifier.

    A figure with `coverage` is worked back: `part` people are that percent of it.
    `about` is the code of the province the fact is about ("00" the whole country); `target` is what the
    printed percent of the target implies: `target.interval` by the rounding of the percent alone,
    `target_widest` with the qualifier of the amount as well.
    """

    key: str
    article: Article
    about: str
    indicator: str
    amount: int
    qualifier: Qualifier
    interval: Interval
    as_of: date
    period: tuple[date, date] | None
    derived: bool
    percent_of_target: str = ""
    coverage: str = ""
    part: int = 0
    target: Implied | None = None
    target_widest: Interval | None = None
    usd: int = 0
    note: str = ""

    @property
    def warning(self) -> str:
        """What is wrong with the dates; empty when nothing is."""
        published = self.article.published
        if published and self.as_of > published:
            return (
                f"số liệu đến {self.as_of:%d/%m/%Y} nhưng đăng ngày {published:%d/%m/%Y} / "
                f"stands for {self.as_of}, published {published}"
            )
        return ""

    @property
    def comes_back(self) -> bool:
        """Whether the implied whole number gives the printed percent again."""
        if self.target:
            return as_printed(Fraction(self.amount, self.target.nearest), self.percent_of_target)
        return not self.coverage or as_printed(Fraction(self.part, self.amount), self.coverage)


@dataclass(frozen=True, slots=True)
class Book:
    """Tập số liệu: figures by key in the order listed, deadlines, and identities as written."""

    figures: Mapping[str, Published]
    deadlines: tuple[Mapping[str, Any], ...] = ()
    identities: tuple[Mapping[str, Any], ...] = field(default=())

    def __getitem__(self, key: str) -> Published:
        if key not in self.figures:
            raise BadFigure(f"Không có số liệu {key}", f"There is no figure {key}", code="figure.unknown")
        return self.figures[key]


@cache
def book() -> Book:
    """The figures carried with the product."""
    return read(
        resources.files("ansinh.steering.targets").joinpath("published.yaml").read_text(encoding="utf-8")
    )


def read(text: str) -> Book:
    """Đọc tập số liệu: from YAML. Raises `BadFigure` naming the entry."""
    raw = yaml.safe_load(text)
    articles = {number: Article(number, **facts) for number, facts in raw["articles"].items()}
    figures: dict[str, Published] = {}
    for entry in raw["figures"]:
        if entry["key"] in figures:
            raise BadFigure(
                f"Số liệu {entry['key']} ghi hai lần",
                f"Figure {entry['key']} is listed twice",
                code="figure.twice",
            )
        figures[entry["key"]] = _figure(entry, articles, figures)
    return Book(figures, tuple(raw.get("deadlines", ())), tuple(raw.get("identities", ())))


def _figure(
    entry: Mapping[str, Any], articles: Mapping[str, Article], before: Mapping[str, Published]
) -> Published:
    article = articles[entry["article"]]
    qualifier: Qualifier = entry.get("qualifier", "exact")
    if qualifier not in QUALIFIERS:
        raise BadFigure(
            f"{entry['key']}: từ bổ nghĩa lạ {qualifier}",
            f"{entry['key']}: unknown qualifier {qualifier}",
            code="figure.qualifier",
        )
    coverage = entry.get("coverage", "")
    part = before[entry["derived_from"]].amount if coverage else 0
    if coverage:
        implied = implied_whole(part, coverage)
        amount, interval = implied.nearest, implied.interval
        qualifier = "about"
    else:
        amount = entry["amount"]
        interval = qualified(amount, qualifier, entry.get("step", 1))
    printed = entry.get("percent_of_target", "")
    period = entry.get("period")
    return Published(
        key=entry["key"],
        article=article,
        about=entry["about"],
        indicator=entry["indicator"],
        amount=amount,
        qualifier=qualifier,
        interval=interval,
        as_of=entry.get("as_of", article.as_of),
        period=(period[0], period[1]) if period else None,
        derived=bool(coverage) or entry.get("derived", False),
        percent_of_target=printed,
        coverage=coverage,
        part=part,
        target=implied_whole(amount, printed) if printed else None,
        target_widest=implied_whole(interval, printed).interval if printed else None,
        usd=entry.get("usd", 0),
        note=entry.get("note", ""),
    )


def target_share(figure: Published) -> Interval:
    """Tỷ lệ hoàn thành như đã in: as an interval of one value. Raises `BadFigure` where none was printed."""
    if not figure.percent_of_target:
        raise BadFigure(
            f"{figure.key}: không in tỷ lệ hoàn thành",
            f"{figure.key}: no percent of a target was printed",
            code="figure.percent",
        )
    return point(percent(figure.percent_of_target))
