"""So sánh: one case by the law of two days, side by side: results, articles and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc.answer import Answer, compute
from ansinh.law.calc.contract import calculators
from ansinh.law.calc.explained import Explained, Words, explained

__all__ = ["Comparison", "Row", "Side", "compare"]

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Side:
    """Một bên: the day of the law, and the answer or why there is none."""

    as_of: date
    answer: Answer | None
    problem: BilingualError | None


@dataclass(frozen=True, slots=True)
class Row:
    """Một dòng: the same thing by both laws, in Vietnamese words; ``–`` where a side does not have it."""

    name: str
    words: Words
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two sides say different things."""
        return self.first != self.second


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hai kết quả cạnh nhau. `clauses` and `figures` hold only what differs."""

    id: str
    calculator: str
    title: Words
    sides: tuple[Side, Side]
    results: tuple[Row, ...]
    clauses: tuple[Row, ...]
    figures: tuple[Row, ...]

    @property
    def differs(self) -> bool:
        """Whether any result differs."""
        return any(row.differs for row in self.results)

    def as_json(self) -> dict[str, Any]:
        """Dạng JSON: both answers, and by name what differs: ``{result: [first, second]}``."""
        return {
            "id": self.id,
            "calculator": self.calculator,
            "sides": [_side(side) for side in self.sides],
            "differences": {row.name: [row.first, row.second] for row in self.results if row.differs},
            "clauses": {row.name: [row.first, row.second] for row in self.clauses},
            "parameters": {row.name: [row.first, row.second] for row in self.figures},
        }


def compare(case: Mapping[str, Any], first: date, second: date) -> Comparison:
    """So sánh một trường hợp theo luật của hai ngày; the facts stay the same, only the day of the law moves.

    Raises ``BilingualError`` for a calculator that this edition does not have. A side that cannot be computed
    (no law in force, a fact that only one law asks for) says why in its place.
    """
    sides = (_computed(case, first), _computed(case, second))
    if sides[0].problem is not None and sides[0].problem.code == "calc.unknown_calculator":
        raise sides[0].problem
    calculator = calculators()[case["calculator"]]
    told = [None if side.answer is None else explained(side.answer) for side in sides]
    return Comparison(
        str(case.get("id", "")),
        calculator.id,
        Words(calculator.vi, calculator.en),
        sides,
        _rows([_results(one) for one in told]),
        tuple(row for row in _rows([_clauses(one) for one in told]) if row.differs),
        tuple(row for row in _rows([_figures(one) for one in told]) if row.differs),
    )


def _computed(case: Mapping[str, Any], day: date) -> Side:
    try:
        return Side(day, compute({**case, "as_of": day}), None)
    except BilingualError as error:
        return Side(day, None, error)


Told = dict[str, tuple[Words, str]]


def _results(told: Explained | None) -> Told:
    return {} if told is None else {line.name: (line.words, line.value.vi) for line in told.results}


def _clauses(told: Explained | None) -> Told:
    return {} if told is None else {step.name: (step.words, step.clause) for step in told.steps}


def _figures(told: Explained | None) -> Told:
    if told is None:
        return {}
    figures = [figure for step in told.steps for figure in step.figures] + list(told.loose)
    return {one.name: (one.words, f"{one.value.vi} ({one.source})") for one in figures}


def _rows(sides: list[Told]) -> tuple[Row, ...]:
    first, second = sides
    names = [*first, *(name for name in second if name not in first)]
    blank = (Words("", ""), NOTHING)
    return tuple(
        Row(
            name,
            (first.get(name) or second[name])[0],
            first.get(name, blank)[1],
            second.get(name, blank)[1],
        )
        for name in names
    )


def _side(side: Side) -> dict[str, Any]:
    if side.answer is not None:
        return side.answer.as_json()
    problem = side.problem
    error = None if problem is None else {"code": problem.code, "vi": problem.vi, "en": problem.en}
    return {"as_of": side.as_of.isoformat(), "error": error}
