"""Quá trình đóng BHXH: periods, months and years of a career, and the average wage on which benefits rest."""

from ansinh.law.careers.history import Career, Scheme, Sector, Spell, SpellKind
from ansinh.law.careers.years import years

__all__ = ["Career", "Scheme", "Sector", "Spell", "SpellKind", "years"]
