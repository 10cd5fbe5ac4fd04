"""Bản in: answers and verdicts as lines an officer can read, Vietnamese first."""

from collections.abc import Iterator, Mapping
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc.answer import Answer, facts_of, legible
from ansinh.law.calc.checking import Verdict
from ansinh.law.calc.contract import calculators
from ansinh.law.calc.values import shown
from ansinh.law.engine import ParameterUse

__all__ = ["answer_lines", "verdict_lines"]


def answer_lines(
    case: Mapping[str, Any], answer: Answer | None, problem: BilingualError | None, *, explained: bool
) -> Iterator[str]:
    """In kết quả một trường hợp, with the steps if ``explained``; a case not computed says why."""
    name = case.get("id") or "–"
    if answer is None:
        yield f"{name}: {case.get('calculator')}"
        if problem is not None:
            yield f"  LỖI: {problem.vi}"
            yield f"  ERROR: {problem.en}"
        yield ""
        return
    calculator = calculators()[answer.calculator]
    yield f"{name}: {calculator.vi} / {calculator.en} ({calculator.id})"
    yield f"  Luật áp dụng ngày / law of {answer.as_of:%d/%m/%Y}"
    for result, value in answer.results.items():
        slot = calculator.results[result]
        yield f"  {slot.vi} / {slot.en} [{result}]: {shown(slot.kind, value)}"
    if explained:
        yield "  Các bước / steps:"
        yield from _step_lines(answer)
    for use in answer.unverified:
        yield f"  CHƯA ĐỐI CHIẾU / UNVERIFIED: {_figure(use)}"
    yield ""


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """In một trường hợp không đạt: each result, expected and got, and the step behind it."""
    if verdict.error:
        yield f"FAILED {verdict.id}: {verdict.error}"
    for failure in verdict.failures:
        yield f"FAILED {verdict.id}: {failure.result}: expected {failure.expected!r}, got {failure.got!r}"
        if failure.step:
            yield f"    bước / step: {failure.step}"


def _step_lines(answer: Answer) -> Iterator[str]:
    for number, step in enumerate(answer.steps, 1):
        indent = "    " + "  " * step.depth
        yield f"{indent}{number}. {step.term} = {legible(step.value)}   [{step.clause}]"
        if step.meaning:
            yield f"{indent}   {step.meaning}"
        given = ", ".join(f"{name} = {value}" for name, value in facts_of(step).items())
        if given:
            yield f"{indent}   từ / from: {given}"
        for use in step.parameters:
            yield f"{indent}   {_figure(use)}"
    inside = {_key(use) for step in answer.steps for use in step.parameters}
    loose = [use for use in answer.parameters if _key(use) not in inside]
    if loose:
        yield "    Tham số / parameters:"
        for use in loose:
            yield f"      {_figure(use)}"


def _figure(use: ParameterUse) -> str:
    return f"{use.term} ({use.name}) = {legible(use.value)} [{use.unit}], {use.source}"


def _key(use: ParameterUse) -> tuple[str, str, str]:
    return use.name, use.source, repr(use.value)
