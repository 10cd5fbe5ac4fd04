"""Các gói hỗ trợ một lần: each a small dated rule set, a table of tiers and the conditions of its text.

A package is
  1. its figures in ``parameters.yaml``: the tiers, a map of the months from which an amount holds, and any
     days or limits its text names, in force for the life of the package;
  2. a module named after it with one clause: a `Claimant` in, an `Award` out, by `entitled` or `refused`; its
     `since` and `until` are the first and last day on which the package is decided;
  3. its line in `PACKAGES`.
A calculator ``support.<package>`` in the contract then answers by itself.

Not encoded: packages before Resolution 116 (68/NQ-CP), which the local authorities paid.
"""

from ansinh.law.engine import Provision
from ansinh.law.support import resolution_116
from ansinh.law.support.awards import Award, Claimant, Status
from ansinh.law.support.book import BOOK, SupportScale

__all__ = ["BOOK", "PACKAGES", "Award", "Claimant", "Status"]

PACKAGES: dict[str, Provision[[Claimant, SupportScale], Award]] = {"resolution_116": resolution_116.award}
"""Danh mục các gói hỗ trợ: the clause of each, by name."""
