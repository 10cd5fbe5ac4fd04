"""Bản in: answers, verdicts and comparisons as lines an officer can read, Vietnamese first."""

from collections.abc import Iterator, Mapping
from typing import Any

from ansinh.kernel.errors import BilingualError
from ansinh.law.calc.answer import Answer
from ansinh.law.calc.checking import Verdict
from ansinh.law.calc.comparing import Comparison
from ansinh.law.calc.explained import Explained, Figure, Line, StepLine, Words, explained

__all__ = ["answer_lines", "comparison_lines", "verdict_lines"]


def answer_lines(
    case: Mapping[str, Any], answer: Answer | None, problem: BilingualError | None, *, with_steps: bool
) -> Iterator[str]:
    """In kết quả một trường hợp: with the steps if asked; a case not computed says why."""
    if answer is None:
        yield f"{case.get('id') or '–'}: {case.get('calculator')}"
        if problem is not None:
            yield f"  LỖI: {problem.vi}"
            yield f"  ERROR: {problem.en}"
        yield ""
        return
    told = explained(answer)
    yield f"{told.id or '–'}: {told.title.vi} / {told.title.en} ({told.calculator})"
    yield f"  Luật áp dụng ngày / law of {told.as_of:%d/%m/%Y}"
    for result in told.results:
        yield f"  {_both(result.words)} [{result.name}]: {_both(result.value)}"
    if with_steps:
        yield from _explanation_lines(told)
    for figure in told.unverified:
        yield f"  CHƯA ĐỐI CHIẾU / UNVERIFIED: {_figure(figure)}"
    yield ""


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """In hai kết quả cạnh nhau: what differs is marked, then the articles and figures behind it."""
    first, second = (f"{side.as_of:%d/%m/%Y}" for side in comparison.sides)
    yield f"{comparison.id or '–'}: {comparison.title.vi} / {comparison.title.en} ({comparison.calculator})"
    for side in comparison.sides:
        if side.problem is not None:
            yield f"  {side.as_of:%d/%m/%Y}: {side.problem.vi} / {side.problem.en}"
    for row in comparison.results:
        mark = "≠" if row.differs else " "
        yield f"  {mark} {_both(row.words)} [{row.name}]: {first} {row.first}; {second} {row.second}"
    for title, rows in (
        ("Điều luật / articles", comparison.clauses),
        ("Tham số / figures", comparison.figures),
    ):
        if rows:
            yield f"  {title}:"
        for row in rows:
            yield f"    {row.words.vi}: {first} {row.first}; {second} {row.second}"
    yield ""


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """In một trường hợp không đạt: each result, expected and got, and the step behind it."""
    if verdict.error:
        yield f"FAILED {verdict.id}: {verdict.error}"
    for failure in verdict.failures:
        yield f"FAILED {verdict.id}: {failure.result}: expected {failure.expected!r}, got {failure.got!r}"
        if failure.step:
            yield f"    bước / step: {failure.step}"


def _explanation_lines(told: Explained) -> Iterator[str]:
    if told.given:
        yield "  Dữ kiện / facts:"
        yield from (f"    {_line(line)}" for line in told.given)
    yield "  Các bước / steps:"
    for step in told.steps:
        yield from _step_lines(step)
    if told.loose:
        yield "    Tham số / parameters:"
        yield from (f"      {_figure(figure)}" for figure in told.loose)


def _step_lines(step: StepLine) -> Iterator[str]:
    indent = "    " + "  " * step.depth
    yield f"{indent}{step.number}. {step.words.vi} = {_both(step.value)}   [{step.clause}]"
    yield f"{indent}   {step.words.en}"
    if step.given:
        yield f"{indent}   từ / from: {'; '.join(_line(line) for line in step.given)}"
    for figure in step.figures:
        yield f"{indent}   {_figure(figure)}"


def _line(line: Line) -> str:
    return f"{_both(line.words)} = {_both(line.value)}"


def _figure(figure: Figure) -> str:
    return f"{figure.words.vi} ({figure.name}) = {_both(figure.value)} [{figure.unit.en}], {figure.source}"


def _both(words: Words) -> str:
    return words.vi if words.vi == words.en else f"{words.vi} / {words.en}"
