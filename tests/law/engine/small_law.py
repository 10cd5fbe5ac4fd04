"""A small law for the engine's own tests: two versions, a table by region, shares, texts, wide arithmetic."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, NamedTuple

from ansinh.kernel.months import Month
from ansinh.kernel.rounding import down, half_up, up
from ansinh.law.engine import ParameterBook, Scale, provision, versions
from ansinh.law.engine.columns import Column

BOOK = ParameterBook.load(Path(__file__).with_name("small_law.yaml"), Scale)

FIRST, LAST = Month(2024, 1), Month(2027, 12)
ZONES = (1, 2)
UNIT = 10**15


class Facts(NamedTuple):
    month: Annotated[int, Column("INTEGER", FIRST.index, LAST.index, "month", key=True)]
    region: Annotated[int, Column("SMALLINT", 1, 2, "region", key=True)]
    wage: Annotated[int, Column("BIGINT", 0, 10**12, "wage")]
    months: Annotated[int, Column("SMALLINT", 1, 600, "months worked")]
    bonus: Annotated[bool, Column("BOOLEAN", 0, 1, "gets a bonus")]


class Answer(NamedTuple):
    due: int
    rounded_up: int
    cut: int
    average: int
    squared: int
    stage: int
    kind_is_high: bool


@provision(
    "small.due", clause="58/2014/QH13, Điều 85", since="2024-01-01", until="2025-06-30", term="tiền đóng"
)
def due_old(wage: int, region: int, scale: Scale) -> int:
    """A share of the wage between the region's floor and no cap."""
    return half_up(max(wage, scale.floor[region]) * scale.rate)


@provision("small.due", clause="41/2024/QH15, Điều 33", since="2025-07-01", term="tiền đóng")
def due_new(wage: int, region: int, scale: Scale) -> int:
    """A share of the wage between floor and cap."""
    base = max(wage, scale.floor[region])
    base = min(base, scale.cap)
    return half_up(base * scale.rate)


due = versions(due_old, due_new)


def stage(months: int) -> int:
    """1 below a year, 2 below five, else 3; written the long way."""
    if months < 12:
        return 1
    if 12 <= months < 60:  # noqa: SIM108 - an assignment on each path is what is tried
        result = 2
    else:
        result = 3
    return result


def answer(facts: Facts, scale: Scale) -> Answer:
    share = Fraction(facts.wage, facts.months)
    extra = scale.bonus if facts.bonus and facts.region in ZONES else Fraction(0)
    return Answer(
        due=due.on(facts.month)(facts.wage, facts.region, scale),
        rounded_up=up(facts.wage * extra),
        cut=down(facts.wage * scale.rate) % 7,
        average=half_up(share),
        squared=half_up(Fraction(facts.wage * facts.wage * facts.months, UNIT)),
        stage=stage(facts.months),
        kind_is_high=scale.kind == "high" and not facts.bonus,
    )
