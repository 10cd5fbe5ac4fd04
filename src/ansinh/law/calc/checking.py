"""Đối chiếu: compares the answers of a file of cases with what the official text says must come out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc.answer import Answer, compute
from ansinh.law.calc.contract import Kind, calculators
from ansinh.law.calc.values import canonical, plain

__all__ = ["Failure", "Verdict", "check"]

ABSENT = "–"
STRANGER = "không phải kết quả của bộ tính này / no result of this calculator"


@dataclass(frozen=True, slots=True)
class Failure:
    """Sai lệch: one result that did not come out as expected, and the step where the figure arose."""

    result: str
    expected: Any
    got: Any
    step: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Kết quả đối chiếu một trường hợp: passed if there is neither a failure nor an error."""

    id: str
    failures: tuple[Failure, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything expected came out."""
        return not self.failures and not self.error


def check(cases: Iterable[Mapping[str, Any]]) -> list[Verdict]:
    """Đối chiếu các trường hợp: one verdict per case, in order; a case that cannot be computed fails.

    ``expect`` gives results by name, ``absent`` the names of those that the answer must not have.
    """
    return [_verdict(case) for case in cases]


def _verdict(case: Mapping[str, Any]) -> Verdict:
    name = str(case.get("id", ""))
    expected, absent = case.get("expect", {}), case.get("absent", [])
    if not isinstance(expected, Mapping) or not isinstance(absent, list) or not (expected or absent):
        return Verdict(name, error="không có kết quả mong đợi / nothing is expected (expect, absent)")
    try:
        answer = compute(case)
    except BilingualError as error:
        return Verdict(name, error=str(error))
    failures = [failure for result, value in expected.items() for failure in _compare(answer, result, value)]
    failures += [failure for result in absent for failure in _refuse(answer, str(result))]
    return Verdict(name, tuple(failures))


def _refuse(answer: Answer, result: str) -> list[Failure]:
    """Compare a result that the law does not give in this case."""
    slot = calculators()[answer.calculator].results.get(result)
    if slot is None:
        return [Failure(result, ABSENT, ABSENT, STRANGER)]
    if result not in answer.results:
        return []
    got = answer.results[result]
    return [Failure(result, ABSENT, plain(slot.kind, got), answer.origin(got))]


def _compare(answer: Answer, result: str, expected: Any) -> list[Failure]:
    slot = calculators()[answer.calculator].results.get(result)
    if slot is None:
        return [Failure(result, expected, ABSENT, STRANGER)]
    if result not in answer.results:
        return [Failure(result, expected, ABSENT, answer.origin(None))]
    got = answer.results[result]
    if _agree(canonical(slot.kind, expected), canonical(slot.kind, got)):
        return []
    return [Failure(result, plain(Kind("text"), expected), plain(slot.kind, got), answer.origin(got))]


def _agree(expected: Any, got: Any) -> bool:
    """Compare; a record in a list may be given by some of its keys only."""
    if isinstance(expected, list):
        return (
            isinstance(got, list)
            and len(expected) == len(got)
            and all(_agree(one, other) for one, other in zip(expected, got, strict=True))
        )
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(
            key in got and _agree(value, got[key]) for key, value in expected.items()
        )
    # 1 and True are equal for Python, not for a reader.
    return type(expected) is type(got) and bool(expected == got)
