"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import ansinh.kernel

MODULES = sorted(module.name for module in pkgutil.iter_modules(ansinh.kernel.__path__))


def test_every_module_of_the_kernel_is_looked_at():
    assert {
        "dates",
        "errors",
        "identity",
        "money",
        "months",
        "numbers",
        "relations",
        "rounding",
        "shares",
        "text",
        "workdays",
    } <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    result = doctest.testmod(importlib.import_module(f"ansinh.kernel.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
