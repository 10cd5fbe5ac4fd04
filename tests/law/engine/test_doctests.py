"""The examples in the docstrings of the law are true."""

import doctest
import importlib
import pkgutil

import pytest

import ansinh.law.contributions
import ansinh.law.engine

PACKAGES = (ansinh.law.engine, ansinh.law.contributions)
MODULES = sorted(
    name
    for package in PACKAGES
    for name in (
        package.__name__,
        *(module.name for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")),
    )
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
