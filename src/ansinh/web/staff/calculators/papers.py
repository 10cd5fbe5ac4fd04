"""Bản giấy của diễn giải: the words of an answer in one language, ready to be set."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.forms.print.explanation import Explanation, Figure, Step
from ansinh.law.calc.explained import Explained, Line, StepLine, Words
from ansinh.law.calc.explained import Figure as LawFigure


def explanation(told: Explained, *, english: bool, about: str = "") -> Explanation:
    """Diễn giải của một kết quả; `about` is the person it concerns, empty for a case without a name."""

    def say(words: Words) -> str:
        return words.en if english else words.vi

    def pairs(lines: Iterable[Line]) -> list[tuple[str, str]]:
        return [(say(line.words), say(line.value)) for line in lines]

    def figure(one: LawFigure) -> Figure:
        return Figure(say(one.words), say(one.value), say(one.unit), one.source, unverified=one.unverified)

    def step(one: StepLine) -> Step:
        return Step(
            number=one.number,
            depth=one.depth,
            words=say(one.words),
            value=say(one.value),
            clause=one.clause,
            given=pairs(one.given),
            figures=[figure(used) for used in one.figures],
        )

    return Explanation(
        english=english,
        title=say(told.title),
        about=about,
        as_of=told.as_of,
        law=list(told.law),
        given=pairs(told.given),
        results=pairs(told.results),
        steps=[step(one) for one in told.steps],
        figures=[figure(one) for one in told.loose],
    )
