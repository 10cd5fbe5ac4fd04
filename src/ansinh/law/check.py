"""Kiểm tra sổ luật: the book by itself, and the cases that must exercise all of it (`ansinh law check`)."""

from pathlib import Path

from ansinh.law.calc.exercised import unexercised
from ansinh.law.engine.check import of_the_book

__all__ = ["problems"]


def problems(tests: Path | None = None) -> list[str]:
    """Mọi vấn đề tìm thấy trong `ansinh.law`: one line each, in both languages; none when all is well.

    `tests` is the folder whose cases must exercise every version of every clause and figure; by default
    ``tests/law`` of the working copy, skipped where there is none (an installed package carries no tests).
    """
    folder = tests or Path(__file__).parents[3] / "tests" / "law"
    return [*of_the_book(), *(unexercised(folder) if folder.is_dir() else ())]
