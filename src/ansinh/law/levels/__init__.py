"""Các mức chung: figures that several branches rest on, in one book that theirs include."""

from ansinh.law.levels.book import LEVELS, LevelsScale

__all__ = ["LEVELS", "LevelsScale"]
