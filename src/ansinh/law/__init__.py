"""Pháp luật thành thư viện: every clause once, as plain Python beside its dated, cited parameters.

`engine` gives provisions, the parameter book, explanations and columns; each branch of the law is a folder of
its own with `parameters.yaml` beside its rules. Nothing here knows Django, a clock or a database of ours.

Asked by name, with facts and results as the contract of the calculators has them:

>>> from ansinh.law import compute
>>> facts = {"sex": "male", "birth": "1965-03-20"}
>>> answer = compute({"calculator": "retirement.age", "as_of": "2026-01-01", "facts": facts})
>>> str(answer.results["start"])
'2026-10'

or with typed arguments, by the functions of a branch:

>>> from ansinh.kernel.months import Month
>>> from ansinh.law.retirement import Sex, retirement_age
>>> retirement_age(Sex.MALE, Month(1965, 3)).start
Month(year=2026, month=10)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ansinh.law.calc import Answer, FactError, calculators, compute
    from ansinh.law.calc.comparing import compare
    from ansinh.law.calc.explained import explained

__all__ = ["Answer", "FactError", "calculators", "compare", "compute", "explained"]

_PLACES = {"compare": "comparing", "explained": "explained"}


def __getattr__(name: str) -> Any:
    """Tìm các hàm trên khi cần đến: so that the engine is read without the calculators."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    place = _PLACES.get(name)
    return getattr(import_module("ansinh.law.calc" + (f".{place}" if place else "")), name)
