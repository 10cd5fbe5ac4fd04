"""Các ngành luật: which folders hold a book of law, and their modules imported, so that clauses are known."""

import importlib
import pkgutil
from pathlib import Path


def branches() -> list[str]:
    """Các ngành luật: packages of `ansinh.law` with a `parameters.yaml`; all their modules are imported."""
    root = Path(__file__).parents[1]
    names = sorted(path.parent.name for path in root.glob("*/parameters.yaml"))
    packages = [f"ansinh.law.{name}" for name in names]
    for package in packages:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)
    return packages
