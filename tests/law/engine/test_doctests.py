"""The examples in the docstrings of the law are true."""

import doctest
import importlib
import pkgutil

import pytest

import ansinh.law

MODULES = sorted(
    {"ansinh.law", *(module.name for module in pkgutil.walk_packages(ansinh.law.__path__, "ansinh.law."))}
)


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
