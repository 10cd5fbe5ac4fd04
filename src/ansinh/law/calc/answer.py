"""Trả lời: one case in, its results out, with every step, figure of the law and article that led to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib import import_module
from reprlib import repr as short
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.kernel.months import Month
from ansinh.law.calc.contract import Calculator, Kind, calculators
from ansinh.law.calc.facts import FactError, FactProblem, Facts, read_date, read_facts
from ansinh.law.calc.values import exact_decimal, plain
from ansinh.law.engine import Explanation, ParameterUse, Scale, Step, explain

__all__ = ["Answer", "Results", "compute"]

Results = dict[str, Any]
"""Results by name, as the law computes them: int dong, Fraction, ``Month``, ``date``, bool, str, list."""

Rule = Callable[[date, Facts], Results]


@dataclass(frozen=True, slots=True)
class Answer:
    """Kết quả tính: results by name, the steps, the figures used, and those seen in no official text."""

    id: str
    calculator: str
    as_of: date
    facts: Facts
    results: Results
    explanation: Explanation

    @property
    def steps(self) -> tuple[Step, ...]:
        """Các bước: in the order they were completed."""
        return tuple(self.explanation.steps)

    @property
    def parameters(self) -> tuple[ParameterUse, ...]:
        """Các con số của luật đã dùng: each once."""
        return self.explanation.parameters

    @property
    def unverified(self) -> tuple[ParameterUse, ...]:
        """Những con số chưa đối chiếu với văn bản chính thức."""
        return self.explanation.unverified

    def origin(self, value: Any) -> str:
        """Bước sinh ra con số: the last step with this value, else the last step, in one line."""
        if not self.steps:
            return ""
        same = [step for step in self.steps if type(step.value) is type(value) and step.value == value]
        step = (same or list(self.steps))[-1]
        return f"{step.term} ({step.name}) = {legible(step.value)}; {step.clause}"

    def as_json(self, *, explained: bool = False) -> dict[str, Any]:
        """Dạng JSON: ``{id, calculator, as_of, results, steps?, unverified?}``, every value exact."""
        slots = calculators()[self.calculator].results
        entry: dict[str, Any] = {
            "id": self.id,
            "calculator": self.calculator,
            "as_of": self.as_of.isoformat(),
            "results": {name: plain(slots[name].kind, value) for name, value in self.results.items()},
        }
        if unverified := self.unverified:
            entry["unverified"] = [_parameter(use) for use in unverified]
        if explained:
            entry["steps"] = [_step(step) for step in self.steps]
        return entry


def compute(case: Mapping[str, Any]) -> Answer:
    """Tính một trường hợp: ``{id?, calculator, as_of, facts}`` by the law in force on ``as_of``.

    A refusal by the law is an answer (``eligible`` false with ``reason``). Raises ``FactError`` with every
    fault of the facts, ``NotInForce`` for a day no encoded law covers, ``BilingualError`` (code ``calc.*``)
    for a calculator that this edition does not have or a case that names none.
    """
    calculator = _calculator(case)
    as_of = _as_of(case)
    given = case.get("facts") or {}
    if not isinstance(given, Mapping):
        raise FactError([FactProblem("facts", "cần một bảng tên: giá trị", "a map of name: value is needed")])
    facts = read_facts(calculator, given)
    rule = _rule(calculator)
    with explain() as explanation:
        results = rule(as_of, facts)
    return Answer(
        str(case.get("id", "")),
        calculator.id,
        as_of,
        facts,
        {name: results[name] for name in calculator.results if name in results},
        explanation,
    )


def _calculator(case: Mapping[str, Any]) -> Calculator:
    name = case.get("calculator")
    found = calculators().get(name) if isinstance(name, str) else None
    if found is None:
        known = ", ".join(calculators())
        raise BilingualError(
            f"Bản này không có bộ tính “{name}”; hiện có: {known}",
            f"This edition has no calculator {name!r}; it has: {known}",
            code="calc.unknown_calculator",
        )
    return found


def _as_of(case: Mapping[str, Any]) -> date:
    try:
        return read_date(case.get("as_of"))
    except ValueError:
        raise FactError(
            [
                FactProblem(
                    "as_of",
                    f"giá trị {short(case.get('as_of'))}: cần ngày áp dụng luật, dạng YYYY-MM-DD",
                    f"value {short(case.get('as_of'))}: the day the law is read is needed, as YYYY-MM-DD",
                    code="as_of",
                )
            ]
        ) from None


def _rule(calculator: Calculator) -> Rule:
    # The answers of a benefit stand beside its questions; they are imported when the first one is asked.
    rule: Rule = import_module(f"ansinh.law.{calculator.branch}.answers").RULES[calculator.id]
    return rule


def legible(value: Any) -> Any:
    """Giá trị của một bước: as JSON can carry it, exact, whatever the clause returned."""
    if isinstance(value, Fraction):
        return exact_decimal(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: legible(item) for name, item in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [legible(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): legible(item) for name, item in value.items()}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return plain(Kind("text"), value) if isinstance(value, (date, Month)) else str(value)


def facts_of(step: Step) -> dict[str, Any]:
    """Dữ kiện của một bước: what the clause was given; the figures of the law are listed apart."""
    return {name: legible(value) for name, value in step.facts.items() if not isinstance(value, Scale)}


def _parameter(use: ParameterUse) -> dict[str, Any]:
    entry = {
        "name": use.name,
        "term": use.term,
        "unit": use.unit,
        "value": legible(use.value),
        "source": use.source,
    }
    if use.unverified:
        entry["unverified"] = True
    return entry


def _step(step: Step) -> dict[str, Any]:
    return {
        "name": step.name,
        "term": step.term,
        "value": legible(step.value),
        "clause": step.clause,
        "meaning": step.meaning,
        "facts": facts_of(step),
        "parameters": [_parameter(use) for use in step.parameters],
        "depth": step.depth,
    }
